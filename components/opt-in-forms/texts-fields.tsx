"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { languageInSentence, languageName } from "#components/template-words/language-name.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { FormDraft } from "./form-editor.tsx";

type Language = keyof FormDraft["texts"];

type TextsFieldsProps = {
  texts: FormDraft["texts"];
  purposes: FormDraft["purposes"];
  /** What each language begins with that the page may speak. */
  suggestion: FormDraft["texts"];
  problem: (field: string) => string | undefined;
  onChange: (texts: FormDraft["texts"]) => void;
};

/** What the page says, one language at a time: heading, sentence, and the words beside each box. */
export function TextsFields({ texts, purposes, suggestion, problem, onChange }: TextsFieldsProps) {
  const t = useTranslations("optInForms.editor");
  const names = useTranslations("contacts.purpose");
  const locale = useLocale();
  const languages = Object.keys(suggestion) as Language[];
  const [shown, setShown] = useState(languages.find((language) => texts[language]) ?? "en");
  const text = texts[shown];
  const change = (part: Partial<NonNullable<typeof text>>) =>
    text && onChange({ ...texts, [shown]: { ...text, ...part } });
  const others = languages.filter((language) => language !== shown && texts[language]);
  const wrongElsewhere = others.filter((language) =>
    ["title", ...purposes].some((field) => problem(`${language}.${field}`)),
  );
  const toggle = (isOn: boolean) => {
    const { [shown]: _, ...rest } = texts;
    onChange(isOn ? { ...texts, [shown]: suggestion[shown] } : rest);
  };
  return (
    <section className="space-y-3 rounded-md border border-border px-4 pt-1 pb-4">
      <ListTabs
        label={t("language")}
        names={languages}
        value={shown}
        onValueChange={setShown}
        textOf={(language) => languageName(language, locale)}
        counts={undefined}
      />
      {wrongElsewhere.map((language) => (
        <p key={language} role="alert" className="text-danger text-xs">
          {t("wrongElsewhere", { language: languageName(language, locale) })}
        </p>
      ))}
      <Checkbox
        label={t("inLanguage", { language: languageInSentence(shown, locale) })}
        checked={text !== undefined}
        disabled={text !== undefined && others.length === 0}
        onCheckedChange={(isOn) => toggle(isOn === true)}
      />
      {text ? (
        <>
          <Field label={t("heading")} error={problem(`${shown}.title`)}>
            <Input value={text.title} maxLength={120} onChange={({ target }) => change({ title: target.value })} />
          </Field>
          <Field label={t("intro")} aside={t("optional")}>
            <Textarea
              rows={2}
              value={text.intro}
              maxLength={400}
              onChange={({ target }) => change({ intro: target.value })}
            />
          </Field>
          {purposes.map((purpose) => (
            <Field
              key={purpose}
              label={t("wording", { purpose: names(purpose) })}
              help={t("wordingHelp")}
              error={problem(`${shown}.${purpose}`)}
            >
              <Textarea
                rows={2}
                value={text.wordings[purpose] ?? ""}
                maxLength={600}
                onChange={({ target }) => change({ wordings: { ...text.wordings, [purpose]: target.value } })}
              />
            </Field>
          ))}
        </>
      ) : null}
    </section>
  );
}
