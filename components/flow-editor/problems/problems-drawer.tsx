"use client";

import { CircleCheck, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { ProblemList } from "./problem-list.tsx";
import { ProofCard } from "./proof-card.tsx";

/** All findings below the canvas, errors first. */
export function ProblemsDrawer() {
  const t = useTranslations("flowEditor.problems");
  const common = useTranslations("common");
  const problems = useEditor((state) => state.problems);
  const { openDrawer } = useEditorActions();
  return (
    <section aria-label={t("title")} className="flex max-h-[38%] shrink-0 flex-col border-border border-t bg-surface">
      <header className="flex items-center justify-between px-4 py-1.5">
        <h2 className="font-semibold text-sm">{t("count", { count: problems.length })}</h2>
        <IconButton size="dense" icon={X} label={common("close")} onClick={() => openDrawer("none")} />
      </header>
      <div className="flex min-h-0 items-start gap-3 overflow-y-auto px-4 pb-4">
        <div className="min-w-0 flex-1">
          {problems.length === 0 ? (
            <p className="flex items-center gap-2 py-2 text-sm">
              <CircleCheck aria-hidden className="size-4 text-success" />
              {t("none")}
            </p>
          ) : (
            <ProblemList problems={problems} />
          )}
        </div>
        <ProofCard className="sticky top-0 w-64 shrink-0" />
      </div>
    </section>
  );
}
