"use client";

import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { useProblemWords } from "#components/flow-words/use-problem-words.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { languageName } from "#components/template-words/language-name.ts";
import { useFindingWords } from "#components/template-words/use-findings.ts";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { templateRules } from "#flow/lint-template.ts";

type Line = { key: string; isError: boolean; title: string; place: string | null; why: string };

/** What the checks say about exactly what is asked for; the rules and their words are the editors' own. */
export function FindingsCard({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.findings");
  const lines = useLines(approval);
  const failing = new Set(approval.findings.map((finding) => finding.rule));
  const passed = templateRules.filter((rule) => !failing.has(rule)).length;
  return (
    <section aria-labelledby="findings">
      <h3 id="findings" className="mb-2 text-h2">
        {t("title")}
      </h3>
      <Card>
        <ul>
          {lines.map(({ key, isError, title, place, why }) => {
            const Icon = isError ? CircleX : TriangleAlert;
            return (
              <li key={key} className="flex gap-2.5 border-border border-b px-4 py-2.5 text-sm last:border-b-0">
                <Icon aria-hidden className={cn("mt-px size-4 shrink-0", isError ? "text-danger" : "text-warning")} />
                <p className="min-w-0">
                  <span className="font-semibold">{title}</span>
                  {place ? <span className="text-secondary"> {place}</span> : null}
                  <span className="block text-secondary">{why}</span>
                </p>
              </li>
            );
          })}
          {approval.subject === "template" || lines.length === 0 ? (
            <li className="flex items-center gap-2.5 px-4 py-2.5 text-sm">
              <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
              {approval.subject === "template" ? t("passed", { count: passed }) : t("none")}
            </li>
          ) : null}
        </ul>
      </Card>
    </section>
  );
}

function useLines({ snapshot, problems, findings }: Approval): Line[] {
  const locale = useLocale();
  const problemWords = useProblemWords();
  const findingWords = useFindingWords();
  const steps = useStepWords();
  if (snapshot.kind === "template")
    return findings.map((finding) => {
      const { title, why } = findingWords(finding);
      return {
        key: `${finding.rule} ${finding.language} ${finding.field}`,
        isError: finding.severity === "error",
        place: finding.language ? languageName(finding.language, locale) : null,
        ...{ title, why },
      };
    });
  return problems.map((problem) => {
    const { title, fix } = problemWords(problem);
    const node = snapshot.graph.nodes.find((one) => one.id === problem.nodeId);
    return {
      key: `${problem.rule} ${problem.nodeId} ${problem.edgeId} ${problem.field}`,
      isError: problem.severity === "error",
      place: node ? steps.title(node) : null,
      title,
      why: fix,
    };
  });
}
