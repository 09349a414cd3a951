"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useFlowComments } from "#components/approval-ask/open-comments.tsx";
import { useEditorWorld } from "../editor-world.tsx";

const Context = createContext<ReadonlyMap<string, number>>(new Map());

/** Counts the open comments of every step once, for all cards together: hundreds of cards must not each ask. */
export function CommentCounts({ children }: { children: ReactNode }) {
  const comments = useFlowComments(useEditorWorld().flowId);
  const counts = useMemo(() => {
    const byStep = new Map<string, number>();
    for (const { place } of comments) if (place) byStep.set(place, (byStep.get(place) ?? 0) + 1);
    return byStep;
  }, [comments]);
  return <Context value={counts}>{children}</Context>;
}

export const useCommentCount = (nodeId: string): number => useContext(Context).get(nodeId) ?? 0;
