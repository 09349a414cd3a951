"use client";

import { CircleCheck, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { languageInSentence } from "#components/template-words/language-name.ts";
import { cn } from "#components/ui/cn.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { ProblemList } from "../problems/problem-list.tsx";
import { CasesState } from "../test-bench/cases/cases-state.tsx";
import { templateCoverage } from "./template-coverage.ts";

/** What was checked before anybody decides: findings, test cases and the languages of the templates. */
export function PublishChecks({ onPick }: { onPick: () => void }) {
  const t = useTranslations("flowEditor.publish");
  const problems = useEditor((state) => state.problems);
  const warnings = problems.filter(({ severity }) => severity !== "error");
  const isBlocked = warnings.length < problems.length;
  return (
    <section className="space-y-2">
      <h3 className="font-semibold text-sm">{t("checks")}</h3>
      {isBlocked ? null : (
        <CheckLine isGood={warnings.length === 0}>
          {warnings.length > 0 ? t("warnings", { count: warnings.length }) : t("allFine")}
        </CheckLine>
      )}
      <CasesState />
      <TemplateLines />
      {!isBlocked && warnings.length > 0 ? <ProblemList problems={warnings} onPick={onPick} /> : null}
    </section>
  );
}

function CheckLine({ isGood, children }: { isGood: boolean; children: ReactNode }) {
  const Icon: LucideIcon = isGood ? CircleCheck : TriangleAlert;
  return (
    <p className="flex gap-2 text-sm">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", isGood ? "text-success" : "text-warning")} />
      <span className="min-w-0">{children}</span>
    </p>
  );
}

/** In which languages everything this flow sends is approved, and who would get another one than theirs. */
function TemplateLines() {
  const t = useTranslations("flowEditor.publish");
  const locale = useLocale();
  const format = useFormatter();
  const { workspace } = useSession();
  const nodes = useEditor((state) => state.graph.nodes);
  const catalog = useEditor((state) => state.catalog);
  const { approved, otherwise } = templateCoverage(nodes, catalog, workspace.language);
  const name = (language: string) => languageInSentence(language, locale);
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      {approved.length > 0 ? (
        <CheckLine isGood>{t("templatesApproved", { languages: format.list(approved.map(name)) })}</CheckLine>
      ) : null}
      {otherwise.map(({ language, instead, share }) => (
        <CheckLine key={language} isGood={false}>
          {instead
            ? t("otherLanguage", { language: name(language), instead: name(instead), share: percent(share) })
            : t("noLanguage", { language: name(language), share: percent(share) })}
        </CheckLine>
      ))}
    </>
  );
}
