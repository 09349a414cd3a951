"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import type { Graph } from "#flow/graph.ts";
import { refreshMs } from "./refresh.ts";
import type { Walked } from "./use-live-nodes.ts";
import { walkedOn } from "./walked-on.ts";

/** The way of the chosen person on the shown graph; null: nobody is chosen. */
export function useWalked(graph: Graph | undefined, enrollmentId: string | null): Walked | null {
  const trpc = useTRPC();
  const way = useQuery(
    trpc.live.way.queryOptions(
      { enrollmentId: enrollmentId ?? "" },
      { enabled: enrollmentId !== null, refetchInterval: refreshMs, retry: false },
    ),
  );
  const steps = enrollmentId === null ? undefined : way.data?.steps;
  const here = way.data?.nodeId ?? null;
  return useMemo(() => (graph && steps ? walkedOn(graph, steps, here) : null), [graph, steps, here]);
}
