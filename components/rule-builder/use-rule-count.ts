"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import type { Rule } from "#flow/rule.ts";

/** So long after the last change people are counted. */
const restMs = 400;

/**
 * How many contacts match, counted once one has stopped changing the rule; the count of an older rule is given up. `lines`: also how many are
 * left after each line, by its place ("1.0"). Null: nothing to count (the rule is unfinished).
 */
export function useRuleCount(rule: Rule | null, { lines = false }: { lines?: boolean } = {}) {
  const trpc = useTRPC();
  const wanted = JSON.stringify(rule);
  const [settled, setSettled] = useState({ text: wanted, rule });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ text: wanted, rule: JSON.parse(wanted) }), restMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const query = useQuery(
    trpc.audiences.countRule.queryOptions(
      { rule: settled.rule ?? { all: [] }, lines },
      {
        enabled: settled.rule !== null,
        placeholderData: keepPreviousData,
        staleTime: 30_000,
        retry: false,
        trpc: { abortOnUnmount: true },
      },
    ),
  );
  return {
    count: query.data,
    isCounting: settled.text !== wanted || query.isFetching,
    hasFailed: query.isError,
    again: () => query.refetch(),
  };
}
