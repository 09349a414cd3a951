"use client";

import { useTranslations } from "use-intl";
import { handlesOf } from "#components/flow-words/step-handles.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import type { GraphNode } from "#flow/graph.ts";
import type { Json } from "#flow/json.ts";
import type { LogEntry } from "#flow/simulation/simulation.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { RunTimes } from "./use-test-run.ts";

type StepEntry = Extract<LogEntry, { kind: "step" }>;

/** What the step did with the person: what decided, how long it waits, by which way it was left. */
export function StepLine({ entry, node, times }: { entry: StepEntry; node: GraphNode; times: RunTimes }) {
  const t = useTranslations("flowEditor.test.entries");
  const ends = useTranslations("endReasons");
  const words = useStepWords();
  const catalog = useEditor((state) => state.catalog);
  const { outcome, handle, detail } = entry;
  if (outcome === "waiting") {
    return (
      <p className="text-secondary text-xs">
        {typeof detail.until === "number" ? t("waitsUntil", { time: times.moment(detail.until) }) : t("waits")}
      </p>
    );
  }
  if (outcome === "ended") {
    const reason = typeof detail.reason === "string" ? detail.reason : typeof detail.end === "string" ? detail.end : "";
    return <p className="font-medium text-xs">{ends.has(reason) ? ends(reason) : t("ended")}</p>;
  }
  if (outcome === "left") {
    const way = handlesOf(node, catalog).find((candidate) => candidate.id === handle);
    return way && way.place !== "main" ? (
      <p className="text-secondary text-xs">{t("leftBy", { way: words.way(node, way, catalog) })}</p>
    ) : null;
  }
  const facts = Object.entries(detail).filter(([name, value]) => shown(name, value));
  return facts.map(([name, value]) => (
    <p key={name} className="flex justify-between gap-2 text-secondary text-xs">
      <span>{t.has(`facts.${name}`) ? t(`facts.${name}`) : name}</span>
      <span className="text-ink">{typeof value === "object" ? JSON.stringify(value) : String(value)}</span>
    </p>
  ));
}

/** Moments and ids are said elsewhere, in words. */
const shown = (name: string, value: Json | undefined): boolean =>
  value !== null && value !== undefined && !["until", "reason", "template", "event", "goTo"].includes(name);
