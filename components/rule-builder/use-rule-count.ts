"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import type { Rule } from "#flow/rule.ts";
import { useSettled } from "./use-settled.ts";

/**
 * How many contacts match, counted once one has stopped changing the rule; the count of an older rule is given up. `lines`: also how many are
 * left after each line, by its place ("1.0"). Null: nothing to count (the rule is unfinished).
 */
export function useRuleCount(rule: Rule | null, { lines = false }: { lines?: boolean } = {}) {
  const trpc = useTRPC();
  const { settled, isSettled } = useSettled(rule);
  const query = useQuery(
    trpc.audiences.countRule.queryOptions(
      { rule: settled ?? { all: [] }, lines },
      {
        enabled: settled !== null,
        placeholderData: keepPreviousData,
        staleTime: 30_000,
        retry: false,
        trpc: { abortOnUnmount: true },
      },
    ),
  );
  return {
    count: query.data,
    isCounting: !isSettled || query.isFetching,
    hasFailed: query.isError,
    again: () => query.refetch(),
  };
}
