"use client";

import type { Rule } from "#flow/rule.ts";
import { LineActions } from "./line-actions.tsx";
import { useBuilding } from "./rule-context.tsx";
import type { Place } from "./rule-edits.ts";
import { useRuleSentence } from "./use-rule-sentence.ts";

/** A group too deep to be drawn, which an import may bring: it is told as a sentence and kept as it is. */
export function DeepRule({ rule, place, label, join }: { rule: Rule; place: Place; label: string; join: string }) {
  const { fieldOf, zone } = useBuilding();
  const sentence = useRuleSentence();
  return (
    <div className="flex items-start gap-2 rounded-md border border-border bg-surface p-2 text-sm">
      <span className="hidden w-12 shrink-0 text-secondary @2xl:block">{join}</span>
      <p className="min-w-0 flex-1 text-secondary">{sentence(rule, fieldOf, zone)}</p>
      <LineActions place={place} label={label} />
    </div>
  );
}
