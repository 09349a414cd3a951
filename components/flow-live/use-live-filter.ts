"use client";

import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";

export const periods = [1, 7, 30, 90, 0] as const;

/** What is looked at, kept in the address: days (0: from the beginning), version by number (0: all), language ("all"), step and person. */
export function useLiveFilter(runningNumber: number) {
  const [address, set] = useQueryStates(
    {
      days: parseAsInteger.withDefault(30),
      version: parseAsInteger.withDefault(runningNumber),
      language: parseAsString.withDefault("all"),
      step: parseAsString,
      way: parseAsString,
    },
    { history: "replace" },
  );
  return { ...address, set };
}

export type LiveAddress = ReturnType<typeof useLiveFilter>;
