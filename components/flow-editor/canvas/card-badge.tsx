"use client";

import { Check, CircleX, Clock, TriangleAlert, Users } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";

/** On the card's top right corner: the stamp of a test run, else how many problems the step has. */
export function CardBadge({ nodeId, isTabStop }: { nodeId: string; isTabStop: boolean }) {
  const stamp = useEditor((state) => state.run?.stamps.get(nodeId));
  const isRunning = useEditor((state) => state.run !== null);
  if (stamp) {
    const Icon = { done: Check, waiting: Clock, stopped: CircleX, count: Users }[stamp.tone];
    return (
      <span
        className={cn(
          "absolute -top-2.5 -right-2 flex h-5 items-center gap-1 rounded-full border px-1.5 font-semibold text-mini ring-2 ring-bg",
          (stamp.tone === "done" || stamp.tone === "count") && "border-accent-border bg-accent-tint text-accent",
          stamp.tone === "waiting" && "border-warning bg-warning text-surface",
          stamp.tone === "stopped" && "border-danger bg-danger text-surface",
        )}
      >
        <Icon aria-hidden className="size-3" />
        {stamp.text}
      </span>
    );
  }
  return isRunning ? null : <ProblemBadge nodeId={nodeId} isTabStop={isTabStop} />;
}

function ProblemBadge({ nodeId, isTabStop }: { nodeId: string; isTabStop: boolean }) {
  const t = useTranslations("flowEditor.card");
  const problems = useEditor((state) => state.problemsOf.get(nodeId));
  const { showProblem } = useEditorActions();
  const first = problems?.find((problem) => problem.severity === "error") ?? problems?.[0];
  if (!problems || !first) return null;
  return (
    <button
      type="button"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={t("showProblems", { count: problems.length })}
      onClick={(event) => {
        event.stopPropagation();
        showProblem(nodeId, first.field ?? "");
      }}
      className={cn(
        "nodrag absolute -top-2.5 -right-2 flex h-5 items-center gap-0.5 rounded-full px-1.5 font-semibold text-mini text-surface ring-2 ring-bg",
        first.severity === "error" ? "bg-danger" : "bg-warning",
      )}
    >
      <TriangleAlert aria-hidden className="size-3" />
      {problems.length}
    </button>
  );
}
