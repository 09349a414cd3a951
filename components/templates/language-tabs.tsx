"use client";

import { CircleCheck } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { languageName, languageOptions } from "#components/template-words/language-name.ts";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Tab, Tabs, TabsList } from "#components/ui/tabs.tsx";

type LanguageTabsProps = {
  languages: string[];
  current: string;
  findings: LocalFinding[];
  onCurrent: (language: string) => void;
  /** Null where the person may not add any. */
  onAdd: ((language: string) => void) | null;
};

/** One tab a language with its number of things to fix; the tick means that nothing would be refused. */
export function LanguageTabs({ languages, current, findings, onCurrent, onAdd }: LanguageTabsProps) {
  const t = useTranslations("templates.editor");
  const locale = useLocale();
  return (
    <div className="flex items-center gap-3 border-border border-b">
      <Tabs value={current} onValueChange={onCurrent} className="min-w-0">
        <TabsList aria-label={t("languages")} className="border-b-0">
          {languages.map((language) => {
            const count = findings.filter(
              (finding) => finding.severity === "error" && finding.language === language,
            ).length;
            return (
              <Tab key={language} value={language}>
                {languageName(language, locale)}
                {count > 0 ? (
                  <span className="rounded-full bg-danger-tint px-1.5 font-medium text-danger text-xs">
                    {t("toFix", { count })}
                  </span>
                ) : (
                  <CircleCheck aria-label={t("nothingRefused")} className="size-4 text-success" />
                )}
              </Tab>
            );
          })}
        </TabsList>
      </Tabs>
      {onAdd ? (
        <Combobox
          isDense
          className="w-auto shrink-0 border-transparent font-medium hover:bg-hover"
          aria-label={t("addLanguage")}
          value={null}
          onValueChange={onAdd}
          placeholder={`+ ${t("language")}`}
          searchPlaceholder={t("findLanguage")}
          emptyText={t("noLanguage")}
          options={languageOptions(locale).filter(({ value }) => !languages.includes(value))}
        />
      ) : null}
    </div>
  );
}
