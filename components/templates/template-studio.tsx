"use client";

import { parseAsInteger, parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { type LocalFinding, useFindings } from "#components/template-words/use-findings.ts";
import { AccountsCard } from "./accounts-card.tsx";
import { ReviewNote } from "./approval-button.tsx";
import { CategorySelect } from "./category-select.tsx";
import { addLanguage } from "./draft-edits.ts";
import { DuplicateDialog } from "./duplicate-dialog.tsx";
import { EditorBar } from "./editor-bar.tsx";
import { HistorySheet } from "./history-sheet.tsx";
import { LanguageForm } from "./language-form.tsx";
import { LanguageTabs } from "./language-tabs.tsx";
import { StoppedNote } from "./stopped-note.tsx";
import { TemplateChecks } from "./template-checks.tsx";
import type { OpenTemplate } from "./template-row.ts";
import { TemplateStage } from "./template-stage.tsx";
import { useFixes } from "./use-fixes.ts";
import { type TemplateDraftStore, useTemplateDraft } from "./use-template-draft.ts";

/** Form, phones and checks of one template. Which language the form shows lives in the address. */
export function TemplateStudio({ template }: { template: OpenTemplate }) {
  const t = useTranslations("templates.editor");
  const locale = useLocale();
  const store = useTemplateDraft(template);
  const findings = useFindings(store.draft, template.name);
  const [wanted, setLanguage] = useQueryState("language", parseAsString.withDefault(locale));
  const [, setCard] = useQueryState("card", parseAsInteger);
  const [isDuplicating, setDuplicating] = useState(false);
  const { languages } = store.draft;
  const language = (languages.find((one) => one.language === wanted) ?? languages[0])?.language ?? "";
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const show = (finding: LocalFinding) => {
    if (finding.language) setLanguage(finding.language);
    const card = /^cards\.(\d+)/.exec(finding.field)?.[1];
    if (card !== undefined) setCard(Number(card) + 1);
    // The tab's form must be there before its field can have the focus.
    setTimeout(() => document.getElementById(fieldIdOf(finding, finding.language ?? language))?.focus(), 50);
  };
  const fixOf = useFixes(template, store);
  const duplicate = () => setDuplicating(true);
  const note = errors > 0 ? t("submitLocked", { count: errors }) : null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <EditorBar
        template={template}
        store={store}
        errors={errors}
        onDuplicate={duplicate}
        history={<HistorySheet template={template} store={store} language={language} />}
      />
      <StoppedNote template={template} />
      <ReviewNote templateId={template.id} />
      <div className="grid flex-1 items-start lg:grid-cols-[minmax(360px,488px)_minmax(0,1fr)] xl:grid-cols-[minmax(360px,488px)_minmax(0,1fr)_304px]">
        <FormColumn {...{ template, store, findings, language }} onLanguage={setLanguage} onDuplicate={duplicate} />
        <div className="min-w-0 px-4 py-4 md:px-6 xl:sticky xl:top-24">
          <TemplateStage draft={store.draft} template={template} findings={findings} current={language} />
        </div>
        <div className="min-w-0 px-4 py-4 max-xl:max-w-2xl max-xl:md:px-6 xl:sticky xl:top-24 xl:h-[calc(100dvh-96px)] xl:overflow-y-auto xl:border-border xl:border-l xl:bg-surface">
          <TemplateChecks
            {...{ findings, template, fixOf, note }}
            onShow={show}
            accounts={<AccountsCard template={template} store={store} />}
          />
        </div>
      </div>
      {isDuplicating ? <DuplicateDialog template={template} onClose={() => setDuplicating(false)} /> : null}
    </div>
  );
}

type FormColumnProps = {
  template: OpenTemplate;
  store: TemplateDraftStore;
  findings: LocalFinding[];
  language: string;
  onLanguage: (language: string) => void;
  onDuplicate: () => void;
};

/** The form alone scrolls; its tabs stay. */
function FormColumn({ template, store, findings, language, onLanguage, onDuplicate }: FormColumnProps) {
  const mayEdit = useSession().can("edit-templates");
  const content = store.draft.languages.find((one) => one.language === language);
  const add = (added: string) => {
    store.change(addLanguage(added, language));
    onLanguage(added);
  };
  return (
    <div className="min-w-0 border-border bg-surface px-4 pb-8 md:px-5 lg:sticky lg:top-24 lg:row-span-2 lg:h-[calc(100dvh-96px)] lg:overflow-y-auto lg:border-r xl:row-span-1">
      <div className="sticky top-0 z-10 bg-surface">
        <LanguageTabs
          languages={store.draft.languages.map((one) => one.language)}
          current={language}
          findings={findings}
          onCurrent={onLanguage}
          onAdd={mayEdit ? add : null}
        />
      </div>
      <CategorySelect template={template} store={store} mayEdit={mayEdit} />
      {content ? <LanguageForm {...{ content, template, store, findings, mayEdit, onDuplicate }} /> : null}
    </div>
  );
}

/** The id of the control a finding is about. */
function fieldIdOf({ field, values }: LocalFinding, language: string): string {
  const [part, detail, inner, number] = field.split(".");
  if (part === "samples") return `sample-${values.variable ?? detail ?? ""}`;
  if (part === "cards") return `card-${language}-${detail}${inner === "buttons" ? `-button-${number ?? 0}` : ""}`;
  if (inner === "apps") return `app-${number ?? 0}`;
  if (inner === "autofill") return `autofill-${language}`;
  if (inner === "terms") return "zero-tap-terms";
  if (part === "buttons") return `button-${language}-${detail ?? 0}`;
  return `${part ?? "body"}-${language}`;
}
