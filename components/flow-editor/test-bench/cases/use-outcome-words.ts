"use client";

import { useTranslations } from "use-intl";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import type { OutcomeName } from "#flow/flow-case.ts";
import { useEditor } from "../../editor-state/editor-context.tsx";

/** Says what a case asks for, and what came out, in the words of the canvas. */
export function useOutcomeWords() {
  const t = useTranslations("flowEditor.test.cases");
  const ends = useTranslations("endReasons");
  const reasons = useTranslations("reasons");
  const steps = useStepWords();
  const nodes = useEditor((state) => state.graph.nodes);
  const step = (id: string) => {
    const node = nodes.find((each) => each.id === id);
    return node ? steps.title(node) : t("goneStep");
  };
  const one = (outcome: OutcomeName, value: string): string => {
    if (outcome === "path") return step(value);
    if (outcome === "notSent") return reasons.has(value) ? reasons(value) : value;
    if (outcome === "messages") return nodes.some(({ id }) => id === value) ? step(value) : value;
    return value;
  };
  return {
    name: (outcome: OutcomeName): string => t(`outcomes.${outcome}`),
    value: (outcome: OutcomeName, value: string | string[]): string => {
      if (typeof value === "string") {
        if (value === "waiting" || value === "refused") return t(`ends.${value}`);
        return ends.has(value) ? ends(value) : value;
      }
      return value.length === 0 ? t("none") : value.map((each) => one(outcome, each)).join(" → ");
    },
  };
}
