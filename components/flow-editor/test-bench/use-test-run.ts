"use client";

import { useMemo, useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import type { JsonObject } from "#flow/json.ts";
import { nextLocalTime } from "#flow/local-time.ts";
import { createSimulation, step } from "#flow/simulate.ts";
import type { Action } from "#flow/simulation/action.ts";
import { gateOfPolicy } from "#flow/simulation/gate-of-policy.ts";
import type { Simulation } from "#flow/simulation/simulation.ts";
import { useEditorStore } from "../editor-state/editor-context.tsx";
import type { TestPerson } from "../editor-world.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { useBringIntoSight } from "../use-show-step.ts";
import { runMarks } from "./run-marks.ts";

export type Start = { person: TestPerson; hasConsent: boolean; event: string; properties: JsonObject };

/** The test run: one value after another, the newest shown. The browser plays the same pure core that runs live. */
export function useTestRun() {
  const store = useEditorStore();
  const { workspaceTimezone, policy } = useEditorWorld();
  const locale = useLocale();
  const [worlds, setWorlds] = useState<Simulation[]>([]);
  const sim = worlds.at(-1) ?? null;
  const times = useRunTimes(sim);
  const showOnCanvas = useShowOnCanvas();
  const keep = (next: Simulation[]) => {
    setWorlds(next);
    showOnCanvas(next.at(-1) ?? null);
  };
  const start = ({ person, hasConsent, event, properties }: Start) => {
    const { graph, catalog } = store.getState();
    const zone = person.facts.timezone ?? workspaceTimezone;
    const fresh = createSimulation({
      graph,
      catalog,
      contact: person.facts,
      workspaceTimezone,
      // By day: a run at night would begin with every message waiting for the morning.
      startAt: nextLocalTime("10:00", zone, Date.now()),
      workspaceLanguage: locale.split("-")[0] ?? "en",
      gate: {
        ...gateOfPolicy(policy, workspaceTimezone),
        ...(hasConsent ? {} : { consents: {} }),
      },
    });
    keep([step(fresh, { kind: "event", name: event, properties })]);
  };
  return {
    sim,
    times,
    start,
    act: (action: Action) => sim && keep([...worlds, step(sim, action)]),
    clearFault: () => sim && keep([...worlds, { ...sim, fault: null }]),
    back: worlds.length > 1 ? () => keep(worlds.slice(0, -1)) : null,
  };
}

export type TestRun = ReturnType<typeof useTestRun>;

/** Moments of the run as the person's own clock shows them. */
function useRunTimes(sim: Simulation | null) {
  const format = useFormatter();
  const { workspaceTimezone } = useEditorWorld();
  const timeZone = sim?.contact.timezone ?? workspaceTimezone;
  return useMemo(() => runTimes(format, timeZone), [format, timeZone]);
}

function runTimes(format: ReturnType<typeof useFormatter>, timeZone: string) {
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return {
    time: (at: number) => format.dateTime(at, clock),
    day: (at: number) => format.dateTime(at, { weekday: "short", day: "numeric", month: "short", timeZone }),
    weekday: (at: number) => format.dateTime(at, { weekday: "long", timeZone }),
    moment: (at: number) => format.dateTime(at, { weekday: "short", ...clock }),
  };
}

export type RunTimes = ReturnType<typeof runTimes>;

/** Lights up the path and brings the step where the person stands into sight. */
function useShowOnCanvas() {
  const t = useTranslations("flowEditor.test.stamps");
  const ends = useTranslations("endReasons");
  const format = useFormatter();
  const store = useEditorStore();
  const { workspaceTimezone } = useEditorWorld();
  const bringIntoSight = useBringIntoSight();
  return (sim: Simulation | null) => {
    if (!sim) return store.actions.setRun(null);
    const times = runTimes(format, sim.contact.timezone ?? workspaceTimezone);
    const words = {
      time: times.time,
      deferred: (until: number) => t("deferred", { time: times.moment(until) }),
      waiting: (until: number) => t("waiting", { time: times.moment(until) }),
      notSent: t("notSent"),
      ended: (reason: string) => (ends.has(reason) ? ends(reason) : reason),
    };
    store.actions.setRun(runMarks(sim, store.getState().graph, words));
    const newest = sim.path.at(-1)?.nodeId;
    if (newest) bringIntoSight(newest);
  };
}
