"use client";

import { CircleAlert, Lock, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { Counter } from "#components/marked-text/counter.tsx";
import { findingsAt, type LocalFinding } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Input } from "#components/ui/input.tsx";
import type { DraftContent } from "#flow/lint-template.ts";
import { isOutsideText, templateVariables } from "#flow/template.ts";
import { bodyLimit, countedLength, templateLimits } from "#flow/template-limits.ts";
import { BodyField } from "./body-field.tsx";
import { ButtonsEditor } from "./buttons-editor.tsx";
import { CardsEditor } from "./cards-editor.tsx";
import { CodeForm } from "./code-form.tsx";
import { editLanguage, removeLanguage, setSample } from "./draft-edits.ts";
import { FieldFindings } from "./field-findings.tsx";
import { HeaderField } from "./header-field.tsx";
import type { OpenTemplate } from "./template-row.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";
import { VariablesTable } from "./variables-table.tsx";

type LanguageFormProps = {
  content: DraftContent;
  template: OpenTemplate;
  store: TemplateDraftStore;
  findings: LocalFinding[];
  mayEdit: boolean;
  onDuplicate: () => void;
};

/** Everything of one language from top to bottom, in the order in which the phone shows it. */
export function LanguageForm({ content, template, store, findings, mayEdit, onDuplicate }: LanguageFormProps) {
  const t = useTranslations("templates.editor");
  const { draft, change } = store;
  const { language } = content;
  const stored = template.languages.find((one) => one.language === language);
  const isLocked = !mayEdit || stored?.isOpen === false;
  return (
    <div className="space-y-5 py-4 [&_input:read-only]:bg-sunken [&_input:read-only]:text-secondary">
      {stored?.isOpen === false ? (
        <Callout
          tone="neutral"
          icon={Lock}
          action={
            mayEdit ? (
              <Button size="dense" onClick={onDuplicate}>
                {t("duplicate")}
              </Button>
            ) : null
          }
        >
          {t("locked")}
        </Callout>
      ) : null}
      {stored?.statusReason ? (
        <Callout
          tone={stored.status === "rejected" ? "danger" : "warning"}
          icon={CircleAlert}
          title={stored.status === "draft" ? t("notTaken") : t("providerSays")}
        >
          {stored.statusReason}
        </Callout>
      ) : null}
      {draft.category === "authentication" ? (
        <CodeForm
          content={content}
          change={change}
          findings={findings}
          isLocked={isLocked}
          isSetLocked={!mayEdit || template.languages.some((one) => !one.isOpen)}
        />
      ) : (
        <OwnWords {...{ content, template, store, findings, mayEdit, isLocked }} />
      )}
      {!isLocked && draft.languages.length > 1 ? (
        <Button
          size="dense"
          variant="quiet"
          className="text-danger hover:text-danger"
          onClick={() => change(removeLanguage(language))}
        >
          <Trash2 aria-hidden />
          {t("removeLanguage")}
        </Button>
      ) : null}
    </div>
  );
}

type OwnWordsProps = Omit<LanguageFormProps, "onDuplicate"> & { isLocked: boolean };

/** Header, body, footer and buttons of a text that is the business's own. */
function OwnWords({ content, template, store, findings, mayEdit, isLocked }: OwnWordsProps) {
  const t = useTranslations("templates.editor");
  const { draft, change } = store;
  const { language } = content;
  const isSetLocked = !mayEdit || template.languages.some((one) => !one.isOpen);
  const cards = content.header?.kind === "cards" ? content.header : null;
  // Neither has a place for a footer; one that is there all the same has to be seen to be taken away.
  const isBare = (cards !== null || content.header?.kind === "offer") && content.footer === null;
  const edit = (part: Partial<DraftContent>) => change(editLanguage(language, (one) => ({ ...one, ...part })));
  const at = (field: string) => findingsAt(findings, language, field);
  // What the header shows and what a coupon says have their samples where they are chosen.
  const variables = [...new Set(draft.languages.flatMap(templateVariables))].filter(
    (name) => !isOutsideText(name) && name !== "coupon",
  );
  return (
    <>
      <HeaderField
        header={content.header}
        language={language}
        samples={draft.samples}
        findings={at("header")}
        isLocked={isLocked}
        onChange={(header) => edit({ header })}
        onSample={(variable, sample) => change(setSample(variable, sample))}
        category={draft.category}
        change={change}
        isSetLocked={isSetLocked}
      />
      <BodyField
        key={language}
        id={`body-${language}`}
        label={t("body")}
        limit={bodyLimit(content.header)}
        value={content.body}
        onValueChange={(body) => edit({ body })}
        variables={variables}
        samples={draft.samples}
        length={countedLength(content.body, draft.samples)}
        findings={at("body")}
        isLocked={isLocked}
      />
      {cards ? (
        <CardsEditor
          {...{ language, variables, findings, change, isLocked, isSetLocked }}
          header={cards}
          samples={draft.samples}
        />
      ) : null}
      <VariablesTable
        variables={variables}
        samples={draft.samples}
        findings={findings}
        isLocked={!mayEdit || template.languages.every((one) => !one.isOpen)}
        onSample={(variable, sample) => change(setSample(variable, sample))}
      />
      {isBare ? null : (
        <section className="space-y-1.5">
          <div className="flex items-baseline justify-between gap-3">
            <label htmlFor={`footer-${language}`} className="font-medium text-sm">
              {t("footer")}
            </label>
            <Counter length={(content.footer ?? "").length} limit={templateLimits.footer} />
          </div>
          <Input
            id={`footer-${language}`}
            readOnly={isLocked}
            maxLength={200}
            placeholder={t("optional")}
            value={content.footer ?? ""}
            onChange={(event) => edit({ footer: event.target.value === "" ? null : event.target.value })}
          />
          <FieldFindings findings={at("footer")} />
        </section>
      )}
      {(cards || content.header?.kind === "order-status") && content.buttons.length === 0 ? null : (
        <ButtonsEditor
          content={content}
          samples={draft.samples}
          findings={findings}
          change={change}
          isLocked={isLocked}
          isSetLocked={isSetLocked}
        />
      )}
    </>
  );
}
