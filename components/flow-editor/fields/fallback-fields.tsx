"use client";

import { useLocale, useTranslations } from "use-intl";
import { languageInSentence } from "#components/template-words/language-name.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Fallback } from "#flow/binding.ts";
import { fallbackIn } from "#flow/format-binding.ts";
import { textsByLanguage, withText } from "./fallback-texts.ts";

type FallbackFieldsProps = {
  /** Those of the template; a template without any is filled as for one. */
  languages: readonly string[];
  fallback: Fallback;
  onChange: (fallback: Fallback) => void;
};

/** What stands in a blank without a value, in each language of the template. A language left open shows what its people get. */
export function FallbackFields({ languages, fallback, onChange }: FallbackFieldsProps) {
  const t = useTranslations("flowEditor.bindings");
  const locale = useLocale();
  const all = languages.length > 0 ? languages : ["en"];
  const texts = textsByLanguage(fallback, all);
  return all.map((language, index) => (
    <Field
      key={language}
      label={
        all.length === 1 ? t("fallbackLabel") : t("fallbackIn", { language: languageInSentence(language, locale) })
      }
      help={index === all.length - 1 ? t("fallbackHelp") : undefined}
    >
      <Input
        value={texts[language] ?? ""}
        maxLength={200}
        lang={language.replace("_", "-")}
        placeholder={fallbackIn(fallback, language) || t("fallbackNone")}
        onChange={(event) => onChange(withText(fallback, all, language, event.target.value))}
      />
    </Field>
  ));
}
