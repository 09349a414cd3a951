"use client";

import { CircleCheck, Plus } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { Tab, Tabs, TabsList } from "#components/ui/tabs.tsx";
import { languageName } from "./language-name.ts";
import type { LocalFinding } from "./use-findings.ts";

/** Languages offered for a new text; others come in by import. */
const offered = ["en", "fr", "es", "pt_BR", "hi", "ar", "de", "it", "sw", "id"];

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
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="dense" variant="quiet">
              <Plus aria-hidden />
              {t("language")}
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            {offered
              .filter((language) => !languages.includes(language))
              .map((language) => (
                <DropdownMenuItem key={language} onSelect={() => onAdd(language)}>
                  {languageName(language, locale)}
                </DropdownMenuItem>
              ))}
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
    </div>
  );
}
