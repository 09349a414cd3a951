"use client";

import { useMemo, useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { beginCase, type CaseStart, type FlowCase } from "#flow/flow-case.ts";
import type { JsonObject } from "#flow/json.ts";
import { nextLocalTime } from "#flow/local-time.ts";
import { step } from "#flow/simulate.ts";
import type { Action } from "#flow/simulation/action.ts";
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
  const [places, setPlaces] = useState<Place[]>([]);
  const [begun, setBegun] = useState<CaseStart | null>(null);
  const place = places.at(-1);
  const sim = place?.sim ?? null;
  const times = useRunTimes(sim);
  const showOnCanvas = useShowOnCanvas();
  const keep = (next: Place[]) => {
    setPlaces(next);
    showOnCanvas(next.at(-1)?.sim ?? null);
  };
  const world = () => {
    const { graph, catalog } = store.getState();
    return { graph, catalog, workspaceTimezone, policy };
  };
  const start = ({ person, hasConsent, event, properties }: Start) => {
    const zone = person.facts.timezone ?? workspaceTimezone;
    const beginning: CaseStart = {
      person: { name: person.name, facts: person.facts },
      ...{ hasConsent, event, properties },
      // By day: a run at night would begin with every message waiting for the morning.
      at: nextLocalTime("10:00", zone, Date.now()),
      language: locale.split("-")[0] ?? "en",
    };
    setBegun(beginning);
    keep([{ sim: beginCase(beginning, world()), actions: [] }]);
  };
  return {
    sim,
    times,
    start,
    act: (action: Action) =>
      place && keep([...places, { sim: step(place.sim, action), actions: [...place.actions, action] }]),
    clearFault: () =>
      place && keep([...places, { sim: { ...place.sim, fault: null }, actions: withoutFault(place.actions) }]),
    back: places.length > 1 ? () => keep(places.slice(0, -1)) : null,
    /** What was done so far, to be kept as a case; null before anything was. */
    recorded: begun && place ? { start: begun, actions: place.actions, sim: place.sim } : null,
    /** Plays a kept case, action by action, so that one can go back in it. */
    play: ({ start: beginning, actions }: Pick<FlowCase, "start" | "actions">) => {
      setBegun(beginning);
      const played: Place[] = [{ sim: beginCase(beginning, world()), actions: [] }];
      for (const action of actions) {
        const last = played.at(-1);
        if (last) played.push({ sim: step(last.sim, action), actions: [...last.actions, action] });
      }
      keep(played);
    },
  };
}

/** The world after these actions. */
type Place = { sim: Simulation; actions: Action[] };

/** A fault that was taken back was never injected. */
function withoutFault(actions: readonly Action[]): Action[] {
  const at = actions.findLastIndex((action) => action.kind === "inject" && action.fault !== "STOP");
  return actions.filter((_, place) => place !== at);
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
