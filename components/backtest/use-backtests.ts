"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import type { AppRouter } from "#server/router.ts";

export type BacktestRow = inferRouterOutputs<AppRouter>["backtests"]["ofFlow"][number];
export type BacktestWish = Omit<inferRouterInputs<AppRouter>["backtests"]["start"], "flowId">;

const lookMs = 600;

export const isUnderWay = (row: BacktestRow | null | undefined): boolean =>
  row?.status === "queued" || row?.status === "running";

/** The flow's backtests, newest first, read again and again while one is under way; and how to begin and cancel one. */
export function useBacktests(flowId: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const key = trpc.backtests.ofFlow.queryOptions({ flowId });
  const list = useQuery({
    ...key,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? lookMs : false),
  });
  const again = () => client.invalidateQueries({ queryKey: key.queryKey });
  const start = useMutation({ ...trpc.backtests.start.mutationOptions(), onSuccess: again });
  const cancel = useMutation({ ...trpc.backtests.cancel.mutationOptions(), onSuccess: again });
  return {
    list,
    rows: list.data ?? [],
    start: (wish: BacktestWish) => start.mutate({ flowId, ...wish }),
    cancel: (backtestId: string) => cancel.mutate({ backtestId }),
    isStarting: start.isPending,
    isCancelling: cancel.isPending,
    error: start.error,
  };
}
