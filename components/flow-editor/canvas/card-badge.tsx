"use client";

import { Check, CircleX, Clock, TriangleAlert, Users } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { useEditorActions } from "../editor-state/editor-context.tsx";
import type { Stamp } from "../editor-state/editor-store.ts";
import type { StepProblem } from "../editor-state/find-problems.ts";

const stampIcons = { done: Check, waiting: Clock, stopped: CircleX, count: Users };

/** On the card's top right corner: what a test run or a backtest did there. */
export function RunStamp({ text, tone }: Stamp) {
  const Icon = stampIcons[tone];
  return (
    <span
      className={cn(
        "absolute -top-2.5 -right-2 flex h-5 items-center gap-1 rounded-full border px-1.5 font-semibold text-mini ring-2 ring-bg",
        (tone === "done" || tone === "count") && "border-accent-border bg-accent-tint text-accent",
        tone === "waiting" && "border-warning bg-warning text-surface",
        tone === "stopped" && "border-danger bg-danger text-surface",
      )}
    >
      <Icon aria-hidden className="size-3" />
      {text}
    </span>
  );
}

type ProblemBadgeProps = { nodeId: string; problems: readonly StepProblem[] | undefined; isTabStop: boolean };

/** In the same place while nothing runs: how many problems the step has. */
export function ProblemBadge({ nodeId, problems, isTabStop }: ProblemBadgeProps) {
  const t = useTranslations("flowEditor.card");
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
      {/* From far the colour says it: what cannot be read is not drawn. */}
      <TriangleAlert data-near aria-hidden className="size-3" />
      <span data-near>{problems.length}</span>
    </button>
  );
}
