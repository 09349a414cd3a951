"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { asGroup, lineOf } from "#components/rule-builder/rule-edits.ts";
import { faultOf } from "#components/rule-builder/typed-value.ts";
import { useSettled } from "#components/rule-builder/use-settled.ts";
import { needsValue, type RuleField } from "#components/rule-builder/value-kind.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import type { Rule } from "#flow/rule.ts";
import { SegmentRule } from "#flow/segment/segment-rule.ts";

/** How many lines of a rule are not finished, or hold what cannot be. */
export function faultyLines(rule: Rule, fieldOf: (path: string) => RuleField): number {
  const line = lineOf(rule);
  if (!line) return asGroup(rule).rules.reduce((sum, part) => sum + faultyLines(part, fieldOf), 0);
  if (line.path === "") return 1;
  return needsValue(line.op) && faultOf(line.value, fieldOf(line.path).kind) !== null ? 1 : 0;
}

/**
 * Counts a rule a moment after its last change. While one types, and while a line is not finished, the counts stay those of the last
 * rule that could be counted (`isOld`).
 */
export function useRuleCount(rule: Rule, isWhole: boolean) {
  const trpc = useTRPC();
  const { settled: asked, isSettled } = useSettled(rule, isWhole && SegmentRule.safeParse(rule).success);
  const shared = { placeholderData: keepPreviousData, trpc: { abortOnUnmount: true }, retry: false } as const;
  const count = useQuery(trpc.audiences.countRule.queryOptions({ rule: asked, lines: true }, shared));
  const reach = useQuery(trpc.audiences.reach.queryOptions({ rule: asked }, shared));
  const isOld = !isSettled || count.isPlaceholderData || count.isFetching;
  return { asked, count, reach, isOld };
}
