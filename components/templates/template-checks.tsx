"use client";

import { ChevronRight, CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { MessageFigures } from "#components/message-figures/message-figures.tsx";
import { WordChange } from "#components/phone/word-change.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { type LocalFinding, useFindingWords } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { templateRules } from "#flow/lint-template.ts";
import { InUse } from "./in-use.tsx";
import type { OpenTemplate } from "./template-row.ts";
import type { Fix } from "./use-fixes.ts";

type TemplateChecksProps = {
  findings: LocalFinding[];
  template: OpenTemplate;
  onShow: (finding: LocalFinding) => void;
  /** Mends a finding; null where there is no plain way or nobody may. */
  fixOf: (finding: LocalFinding) => Fix | null;
  note: string | null;
  /** How it stands at each account, where there are several. */
  accounts: ReactNode;
};

/** What WhatsApp would refuse, before it does; what is worth a look; and which flows send this template. */
export function TemplateChecks({ findings, template, onShow, fixOf, note, accounts }: TemplateChecksProps) {
  const t = useTranslations("templates.editor");
  const rules = useTranslations("templateFindings");
  const [isOpen, setOpen] = useState(false);
  const failing = new Set(findings.map((finding) => finding.rule));
  const passed = templateRules.filter((rule) => !failing.has(rule));
  return (
    <section aria-label={t("checks")} className="space-y-3">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-h2">{t("checks")}</h2>
        <span className="text-secondary text-xs">
          {t("checksPass", { passed: passed.length, all: templateRules.length })}
        </span>
      </div>
      <div aria-live="polite" className="space-y-2.5">
        {findings.map((finding) => (
          <Finding
            key={`${finding.rule} ${finding.language} ${finding.field}`}
            finding={finding}
            onShow={() => onShow(finding)}
            fix={fixOf(finding)}
          />
        ))}
      </div>
      <div>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex min-h-8 w-full items-center gap-2 rounded-md px-1 text-left text-sm hover:bg-hover"
        >
          <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
          <span className="flex-1">{t("passed", { count: passed.length })}</span>
          <ChevronRight
            aria-hidden
            className={cn("size-4 text-tertiary transition-transform", isOpen && "rotate-90")}
          />
        </button>
        {isOpen ? (
          <ul className="mt-1 space-y-1 pl-7 text-secondary text-xs">
            {passed.map((rule) => (
              <li key={rule}>{rules(`${rule}.passed`)}</li>
            ))}
          </ul>
        ) : null}
      </div>
      <InUse template={template} />
      <MessageFigures of={{ template: template.name }} className="border-border border-t pt-3" />
      {accounts}
      {note ? (
        <p id="submit-note" className="flex items-start gap-2 border-border border-t pt-3 text-secondary text-xs">
          <Info aria-hidden className="mt-px size-3.5 shrink-0" />
          {note}
        </p>
      ) : null}
    </section>
  );
}

function Finding({ finding, onShow, fix }: { finding: LocalFinding; onShow: () => void; fix: Fix | null }) {
  const t = useTranslations("templates.editor");
  const locale = useLocale();
  const words = useFindingWords()(finding);
  const isError = finding.severity === "error";
  const Icon = isError ? CircleX : TriangleAlert;
  const [field = "", index] = finding.field.split(".");
  const place = finding.language ? languageName(finding.language, locale) : t("allLanguages");
  return (
    <article
      className={cn(
        "rounded-lg border px-3.5 py-3 text-sm",
        isError ? "border-danger-border bg-danger-tint" : "border-border bg-surface",
      )}
    >
      <h3 className="flex items-start gap-2 font-semibold">
        <Icon aria-hidden className={cn("mt-px size-4 shrink-0", isError ? "text-danger" : "text-warning")} />
        {words.title}
      </h3>
      <p className="mt-0.5 pl-6 text-secondary text-xs">
        {place},{" "}
        {field === "cards" && index !== undefined
          ? t("cards.inSentence", { number: Number(index) + 1 })
          : t(`fields.${field}` as Parameters<typeof t>[0])}
        . {isError ? t("mustFix") : t("worthALook")}
      </p>
      <p className="mt-1.5 text-secondary">{words.why}</p>
      {fix ? (
        <div className="mt-2 rounded-md border border-border bg-surface px-2.5 py-2">
          <p className="text-secondary text-xs">{t("suggested")}</p>
          <div className="line-clamp-3">
            <WordChange before={fix.before} after={fix.after} language={finding.language ?? "en"} />
          </div>
        </div>
      ) : null}
      <div className="mt-2.5 flex gap-2">
        {fix ? (
          <Button size="dense" variant="primary" onClick={fix.apply}>
            {t("applyFix")}
          </Button>
        ) : null}
        <Button size="dense" onClick={onShow}>
          {t("showMe")}
        </Button>
      </div>
    </article>
  );
}
