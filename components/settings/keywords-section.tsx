"use client";

import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Section } from "#components/ui/section.tsx";
import { keywordLanguages, readWord, usualStartWords, usualStopWords } from "#flow/gate/opt-out.ts";
import type { SectionProps } from "./policy-form.tsx";

/** The words by which people end all messages and take it back: the usual ones of five languages, until the workspace has its own list. */
export function KeywordsSection({ policy, onChange, problemOf }: SectionProps) {
  const t = useTranslations("settings.keywords");
  return (
    <Section title={t("title")} help={t("help")}>
      <WordList
        legend={t("stop")}
        always="STOP"
        usual={usualStopWords}
        words={policy.stopWords}
        problem={problemOf("stopWords")}
        onChange={(stopWords) => onChange({ stopWords })}
      />
      <WordList
        legend={t("start")}
        always="START"
        usual={usualStartWords}
        words={policy.startWords}
        problem={problemOf("startWords")}
        onChange={(startWords) => onChange({ startWords })}
      />
    </Section>
  );
}

type WordListProps = {
  legend: string;
  /** Cannot be taken off. */
  always: string;
  usual: typeof usualStopWords;
  /** Null: the usual ones. */
  words: string[] | null;
  problem: string | undefined;
  onChange: (words: string[] | null) => void;
};

function WordList({ legend, always, usual, words, problem, onChange }: WordListProps) {
  const t = useTranslations("settings.keywords");
  const [typed, setTyped] = useState("");
  const all = words ?? Object.values(usual).flat();
  const known = new Set(all.map(readWord));
  const add = () => {
    const word = typed.trim();
    setTyped("");
    if (readWord(word) !== "" && !known.has(readWord(word))) onChange([...all, word]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    // Enter adds the word; it does not send the form.
    event.preventDefault();
    add();
  };
  const usualWords = new Set(Object.values(usual).flat());
  const groups = [
    ...keywordLanguages.map((language) => ({
      name: t(`languages.${language}`),
      words: all.filter((word) => usual[language].includes(word)),
    })),
    { name: t("own"), words: all.filter((word) => !usualWords.has(word)) },
  ].filter((group) => group.words.length > 0);
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <dl className="space-y-1.5">
        {groups.map((group) => (
          <div key={group.name} className="grid gap-x-3 gap-y-1 sm:grid-cols-[6.5rem_1fr]">
            <dt className="pt-0.5 text-secondary text-xs">{group.name}</dt>
            <dd className="flex min-w-0 flex-wrap gap-1">
              {group.words.map((word) => (
                <span
                  key={word}
                  className="inline-flex h-6 items-center gap-0.5 rounded-full border border-border bg-sunken pr-0.5 pl-2 text-xs"
                >
                  {word}
                  {word === always ? (
                    <span className="w-1.5" />
                  ) : (
                    <button
                      type="button"
                      aria-label={t("remove", { word })}
                      onClick={() => onChange(all.filter((each) => each !== word))}
                      className="grid size-5 place-items-center rounded-full text-tertiary enabled:hover:bg-hover enabled:hover:text-ink"
                    >
                      <X aria-hidden className="size-3" />
                    </button>
                  )}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t("add")} error={problem} className="min-w-0">
          <Input
            value={typed}
            maxLength={40}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={onKeyDown}
            className="w-56"
          />
        </Field>
        <Button onClick={add} disabled={readWord(typed) === ""}>
          <Plus aria-hidden />
          {t("addYes")}
        </Button>
        {words === null ? null : <Button onClick={() => onChange(null)}>{t("usual")}</Button>}
      </div>
    </fieldset>
  );
}
