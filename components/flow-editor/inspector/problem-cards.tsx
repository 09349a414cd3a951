"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { memo, useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemWords } from "#components/flow-words/use-problem-words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { useEditorActions } from "../editor-state/editor-context.tsx";
import type { StepProblem } from "../editor-state/find-problems.ts";
import { ProblemActs } from "../problems/problem-acts.tsx";

/** What is wrong with the step, errors first: what, how to mend it, the field and the path that leads there. */
export const ProblemCards = memo(function ProblemCards({ problems }: { problems: readonly StepProblem[] }) {
  const t = useTranslations("flowEditor.problems");
  const [isOpen, setOpen] = useState(false);
  if (problems.length === 0) return null;
  const sorted = problems.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
  const hidden = isOpen ? 0 : Math.max(0, sorted.length - shownAtOnce);
  return (
    <>
      <ul className="space-y-2 px-4 pt-3.5">
        {sorted.slice(0, sorted.length - hidden).map((problem) => (
          <ProblemCard key={`${problem.rule} ${problem.field} ${JSON.stringify(problem.values)}`} problem={problem} />
        ))}
      </ul>
      {hidden > 0 ? (
        <Button variant="link" className="mx-4 mt-2 text-xs" onClick={() => setOpen(true)}>
          {t("more", { count: hidden })}
        </Button>
      ) : null}
    </>
  );
});

/** More than this would push the form out of sight. */
const shownAtOnce = 2;

function ProblemCard({ problem }: { problem: StepProblem }) {
  const t = useTranslations("flowEditor.problems");
  const words = useProblemWords()(problem);
  const { showProblem } = useEditorActions();
  const isError = problem.severity === "error";
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <li
      className={cn(
        "flex gap-2.5 rounded-md border p-2.5 text-sm",
        isError ? "border-danger-border bg-danger-tint" : "border-warning-border bg-warning-tint",
      )}
    >
      <Icon aria-hidden className={cn("mt-px size-4 shrink-0", isError ? "text-danger" : "text-warning")} />
      <div className="min-w-0">
        <p className="font-semibold">
          <span className="sr-only">{t(isError ? "error" : "warning")}: </span>
          {words.title}
        </p>
        <p className="text-pretty text-secondary text-xs leading-[17px]">{words.fix}</p>
        <div className="mt-1 flex flex-wrap gap-x-3">
          {problem.field ? (
            <Button variant="link" className="text-xs" onClick={() => showProblem(problem.nodeId, problem.field ?? "")}>
              {t("goToField")}
            </Button>
          ) : null}
          <ProblemActs problem={problem} />
        </div>
      </div>
    </li>
  );
}
