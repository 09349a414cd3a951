"use client";

import { Waypoints, Wrench } from "lucide-react";
import { useTranslations } from "use-intl";
import { useProblemWords } from "#components/flow-words/use-problem-words.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import type { StepProblem } from "../editor-state/find-problems.ts";

/** What one can do about a finding besides reading it: mend it in one click, and see the way that leads there. */
export function ProblemActs({ problem, onPick }: { problem: StepProblem; onPick?: (() => void) | undefined }) {
  const t = useTranslations("flowEditor.problems");
  const words = useProblemWords()(problem);
  const canEdit = useEditor((state) => state.canEdit && state.run === null);
  const { applyFix, showPath, undo } = useEditorActions();
  const { fix, path = [], pathEdges = [] } = problem;
  const mend = () => {
    if (!fix) return;
    onPick?.();
    applyFix(fix);
    toast.success(t("fixed", { what: words.act }), { action: { label: t("undo"), onClick: undo } });
  };
  return (
    <>
      {fix && words.act && canEdit ? (
        <Button variant="link" className="text-xs" onClick={mend}>
          <Wrench aria-hidden className="size-3.5" />
          {words.act}
        </Button>
      ) : null}
      {path.length > 1 ? (
        <Button
          variant="link"
          className="text-xs"
          onClick={() => {
            onPick?.();
            showPath(path, pathEdges);
          }}
        >
          <Waypoints aria-hidden className="size-3.5" />
          {t("showPath")}
        </Button>
      ) : null}
    </>
  );
}
