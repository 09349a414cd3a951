"use client";

import { useTranslations } from "use-intl";
import { Counter } from "#components/marked-text/counter.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { csatContent } from "#flow/csat.ts";
import { answersOf, type FreeContent, freeLimits } from "#flow/free-message.ts";
import { bodyLimit } from "#flow/lint-free.ts";
import type { FieldProps } from "../field-props.ts";
import { CountedInput } from "./counted-input.tsx";
import { inLanguage } from "./free-edits.ts";
import { Findings, Preview } from "./free-message-field.tsx";
import { LanguageBar } from "./language-bar.tsx";
import { useContents } from "./use-contents.ts";

/** Asks for a score: how it is picked, the question in each language, and the words of each answer. What the answers mean is fixed. */
export function CsatField({ id, value, data, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.freeMessage");
  const { contents, content, problems, setChosen } = useContents(value);
  if (!content) return null;
  const { language, list } = content;
  const as = list ? "list" : "buttons";
  const change = (edit: (one: FreeContent) => FreeContent) => onChange(inLanguage(contents, language, edit));
  return (
    <div className="space-y-3">
      <Segmented
        className="flex"
        aria-label={t("askAs")}
        value={as}
        options={[
          { value: "list", label: t("asList") },
          { value: "buttons", label: t("asButtons") },
        ]}
        onValueChange={(next) => onChange(contents.map((one) => csatContent(one.language, next, one.body)))}
      />
      <LanguageBar
        contents={contents}
        current={language}
        onCurrent={setChosen}
        onChange={onChange}
        starts={(added) => csatContent(added, as)}
      />
      <div className="space-y-1.5">
        <div className="flex items-baseline justify-between gap-3">
          <label htmlFor={id} className="text-secondary text-sm">
            {t("question")}
          </label>
          <Counter length={content.body.length} limit={bodyLimit(content)} />
        </div>
        <Textarea
          id={id}
          rows={3}
          lang={language}
          value={content.body}
          onChange={(event) => change((one) => ({ ...one, body: event.target.value }))}
        />
      </div>
      {list ? (
        <CountedInput
          lang={language}
          label={t("listButton")}
          limit={freeLimits.listButton}
          value={list.label}
          onChange={(label) => change((one) => ({ ...one, list: one.list && { ...one.list, label } }))}
        />
      ) : null}
      <div className="space-y-1.5">
        <p className="text-secondary text-sm">{t("answers")}</p>
        {answersOf(content).map((answer) => (
          <CountedInput
            key={answer.id}
            lang={language}
            label={t("score", { score: answer.id.replace("score-", "") })}
            limit={list ? freeLimits.rowTitle : freeLimits.button}
            value={answer.text}
            onChange={(text) => change((one) => withAnswer(one, answer.id, text))}
          />
        ))}
      </div>
      <Findings problems={problems} />
      <Preview content={content} values={data.values} />
    </div>
  );
}

const withAnswer = (content: FreeContent, id: string, text: string): FreeContent => ({
  ...content,
  buttons: content.buttons.map((button) => (button.id === id ? { ...button, text } : button)),
  list: content.list && {
    ...content.list,
    sections: content.list.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => (row.id === id ? { ...row, title: text } : row)),
    })),
  },
});
