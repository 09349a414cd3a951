"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useBreakdownName } from "./use-breakdown-name.ts";
import type { Filter } from "./use-dashboard-filter.ts";

type Option = { value: string; label: string };

/** Steps and versions of the chosen flow that sent something in the period, for the filters by which one of them is chosen. */
export function useFlowParts(
  { from, until, flowId }: Filter,
  chosen: { step: string | null; version: string | null },
): { step: Option[]; version: Option[] } {
  const trpc = useTRPC();
  const nameOf = useBreakdownName();
  const partsBy = (by: "step" | "version") =>
    trpc.dashboard.breakdown.queryOptions(
      { from, until, by, ...(flowId !== undefined && { flowId }) },
      { enabled: flowId !== undefined && chosen[by] !== null },
    );
  const { data: steps = [] } = useQuery(partsBy("step"));
  const { data: versions = [] } = useQuery(partsBy("version"));
  const options = (by: "step" | "version", rows: typeof steps) =>
    rows.flatMap((row) => (row.id === null ? [] : [{ value: row.id, label: nameOf(by, row) }]));
  return { step: options("step", steps), version: options("version", versions) };
}
