"use client";

import type { inferRouterOutputs } from "@trpc/server";
import { useMemo, useState } from "react";
import type { MovePlan, MoveStep } from "#flow/move-plan.ts";
import type { AppRouter } from "#server/router.ts";
import { planOf, sumsOf } from "./plan-sums.ts";

export type InsideStep = inferRouterOutputs<AppRouter>["flows"]["inside"][number];

export const keyOf = ({ versionId, nodeId }: { versionId: string; nodeId: string }): string => `${versionId} ${nodeId}`;

/** What has been chosen for the people of each step; what nobody touched goes by its preset, or as `given` says. */
export function useMovePlan(steps: readonly InsideStep[], given: MovePlan | null = null) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, MoveStep>>(new Map());
  const [spreadMinutes, setSpread] = useState(given?.spreadMinutes ?? 120);
  return useMemo(() => {
    const known = new Map((given?.steps ?? []).map((step) => [keyOf(step), step]));
    // A plan that is given keeps whoever it does not name: they came to their step after it was made.
    const fallback = (step: InsideStep): MoveStep =>
      given ? { versionId: step.versionId, nodeId: step.nodeId, act: "keep", to: null } : step.preset;
    const choiceOf = (step: InsideStep): MoveStep =>
      chosen.get(keyOf(step)) ?? known.get(keyOf(step)) ?? fallback(step);
    return {
      choiceOf,
      isTouched: (step: InsideStep) => chosen.has(keyOf(step)),
      choose: (step: MoveStep) => setChosen((before) => new Map(before).set(keyOf(step), step)),
      spreadMinutes,
      setSpread,
      plan: planOf(steps.map(choiceOf), spreadMinutes),
      sums: sumsOf(steps, choiceOf),
    };
  }, [steps, chosen, given, spreadMinutes]);
}

export type MoveChoices = ReturnType<typeof useMovePlan>;
