"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useMemo, useState } from "react";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { type CaseResult, type FlowCase, runCase } from "#flow/flow-case.ts";
import type { AppRouter } from "#server/router.ts";
import { useEditor } from "../../editor-state/editor-context.tsx";
import { useEditorWorld } from "../../editor-world.tsx";

type Stored = inferRouterOutputs<AppRouter>["flows"]["cases"][number];
export type PlayedCase = Stored & CaseResult;

/** The flow's test cases, played in the browser each time the draft has been saved, and the acts on them. */
export function useCases() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { flowId, workspaceTimezone, policy } = useEditorWorld();
  const options = trpc.flows.cases.queryOptions({ flowId });
  const list = useQuery(options);
  const graph = useSavedGraph();
  const catalog = useEditor((state) => state.catalog);
  const cases = useMemo(
    () =>
      (list.data ?? []).map(
        (one): PlayedCase => ({ ...one, ...runCase(one, { graph, catalog, workspaceTimezone, policy }) }),
      ),
    [list.data, graph, catalog, workspaceTimezone, policy],
  );
  const again = () => client.invalidateQueries({ queryKey: options.queryKey });
  const save = useMutation({ ...trpc.flows.saveCase.mutationOptions(), onSuccess: again });
  const remove = useMutation({ ...trpc.flows.deleteCase.mutationOptions(), onSuccess: again });
  return {
    isPending: list.isPending,
    cases,
    failing: cases.filter(({ passes }) => !passes),
    save: (kept: FlowCase, caseId?: string) => save.mutateAsync({ flowId, case: kept, ...(caseId && { caseId }) }),
    remove: (caseId: string) => remove.mutateAsync({ flowId, caseId }),
    isBusy: save.isPending || remove.isPending,
    error: save.error ?? remove.error,
  };
}

/** The draft as it was saved last: cases are not played at each key. */
function useSavedGraph() {
  const now = useEditor((state) => state.graph);
  const saved = useEditor((state) => (state.save.kind === "saved" ? state.graph : null));
  const [graph, setGraph] = useState(now);
  if (saved && saved !== graph) setGraph(saved);
  return graph;
}
