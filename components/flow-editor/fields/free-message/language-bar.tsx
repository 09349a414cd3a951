"use client";

import { X } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { languageName, languageOptions } from "#components/template-words/language-name.ts";
import { cn } from "#components/ui/cn.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type FreeContent, freeLimits } from "#flow/free-message.ts";
import { lintFree } from "#flow/lint-free.ts";
import { addLanguage } from "./free-edits.ts";

type LanguageBarProps = {
  contents: FreeContent[];
  current: string;
  onCurrent: (language: string) => void;
  onChange: (contents: FreeContent[]) => void;
  /** What a new language begins with; without it the shape of the others, without words. */
  starts?: (language: string) => FreeContent;
};

/** The languages of the message: each person gets the one nearest to theirs. A dot marks those with something to fix. */
export function LanguageBar({ contents, current, onCurrent, onChange, starts }: LanguageBarProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const locale = useLocale();
  const languages = contents.map(({ language }) => language);
  const problems = lintFree(contents);
  const remove = () => {
    const rest = contents.filter(({ language }) => language !== current);
    onChange(rest);
    onCurrent(rest[0]?.language ?? "en");
  };
  return (
    <div className="flex flex-wrap items-center gap-1">
      {contents.map(({ language }, index) => {
        const isOff = problems.some(({ field }) => field?.startsWith(`contents.${index}.`));
        return (
          <button
            key={language}
            type="button"
            aria-pressed={language === current}
            onClick={() => onCurrent(language)}
            className={cn(
              "inline-flex h-6 items-center gap-1.5 rounded-full border px-2.5 text-xs",
              language === current
                ? "border-accent-border bg-accent-tint font-medium text-accent"
                : "border-border text-secondary hover:bg-hover",
            )}
          >
            {languageName(language, locale)}
            {isOff ? (
              <span className="size-1.5 rounded-full bg-danger">
                <span className="sr-only">{t("languageOff")}</span>
              </span>
            ) : null}
          </button>
        );
      })}
      {languages.length > 1 ? (
        <IconButton
          size="dense"
          className="-ml-1 w-6"
          icon={X}
          label={t("removeLanguage", { language: languageName(current, locale) })}
          onClick={remove}
        />
      ) : null}
      {languages.length < freeLimits.languages ? (
        <Combobox
          isDense
          className="w-auto shrink-0 border-transparent text-accent text-xs hover:bg-hover"
          aria-label={t("addLanguage")}
          value={null}
          placeholder={`+ ${t("addLanguage")}`}
          searchPlaceholder={t("findLanguage")}
          emptyText={t("noLanguage")}
          options={languageOptions(locale).filter(({ value }) => !languages.includes(value))}
          onValueChange={(language) => {
            onChange(starts ? [...contents, starts(language)] : addLanguage(contents, language));
            onCurrent(language);
          }}
        />
      ) : null}
    </div>
  );
}
