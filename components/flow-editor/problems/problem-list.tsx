"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useProblemWords } from "#components/flow-words/use-problem-words.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { inOrder } from "#components/ui/in-order.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import type { StepProblem } from "../editor-state/find-problems.ts";
import { useShowStep } from "../use-show-step.ts";
import { ProblemActs } from "./problem-acts.tsx";

/** Findings as lines; a click goes to the step and opens the inspector at the field. */
export function ProblemList({ problems, onPick }: { problems: readonly StepProblem[]; onPick?: () => void }) {
  const t = useTranslations("flowEditor.problems");
  const words = useStepWords();
  const problemWords = useProblemWords();
  const nodes = useEditor((state) => state.graph.nodes);
  const { showProblem } = useEditorActions();
  const showStep = useShowStep();
  const pick = (problem: StepProblem) => {
    onPick?.();
    if (problem.nodeId) showStep(problem.nodeId, { keepsFocus: true });
    showProblem(problem.nodeId, problem.field ?? "");
  };
  const sorted = problems.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
  return (
    <ul className="divide-y divide-border rounded-md border border-border bg-surface">
      {inOrder(sorted, (problem) => {
        const node = nodes.find((candidate) => candidate.id === problem.nodeId);
        const isError = problem.severity === "error";
        const Icon = isError ? CircleAlert : TriangleAlert;
        const { title, fix } = problemWords(problem);
        return (
          <li className="hover:bg-hover">
            <button
              type="button"
              onClick={() => pick(problem)}
              className="flex w-full gap-2.5 px-3 pt-2 pb-1 text-left focus-visible:-outline-offset-2"
            >
              <Icon
                aria-hidden
                className={isError ? "mt-0.5 size-4 shrink-0 text-danger" : "mt-0.5 size-4 shrink-0 text-warning"}
              />
              <span className="min-w-0 flex-1">
                <span className="block font-medium text-sm">
                  <span className="sr-only">{t(isError ? "error" : "warning")}: </span>
                  {title}
                </span>
                <span className="block text-secondary text-xs">{fix}</span>
              </span>
              <span className="max-w-40 shrink-0 truncate text-secondary text-xs">
                {node ? words.title(node) : t("wholeFlow")}
              </span>
            </button>
            <div className="flex flex-wrap gap-x-3 pr-3 pb-2 pl-9.5">
              <ProblemActs problem={problem} onPick={onPick} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
