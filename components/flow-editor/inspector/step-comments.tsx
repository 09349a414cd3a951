"use client";

import { OpenComments, useFlowComments } from "#components/approval-ask/open-comments.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/** What the others said about this step and nobody has settled. */
export function StepComments({ stepId }: { stepId: string }) {
  const comments = useFlowComments(useEditorWorld().flowId).filter(({ place }) => place === stepId);
  return <OpenComments comments={comments} className="border-border border-b bg-warning-tint/40 px-4 py-3" />;
}
