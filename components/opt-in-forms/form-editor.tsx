"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { useId, useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { consentPurposes } from "#flow/gate/consent.ts";
import type { AppRouter } from "#server/router.ts";
import type { FormRow } from "./form-card.tsx";
import { TextsFields } from "./texts-fields.tsx";

export type FormDraft = inferRouterInputs<AppRouter>["optInForms"]["create"];

type FormEditorProps = { form: FormRow | null; suggestion: FormDraft["texts"]; onClose: () => void };

/** Makes a form, or changes one. */
export function FormEditor({ form, suggestion, onClose }: FormEditorProps) {
  const t = useTranslations("optInForms.editor");
  const names = useTranslations("contacts.purpose");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const formId = useId();
  const [draft, setDraft] = useState<FormDraft>(form ? draftOf(form) : emptyDraft(suggestion));
  const [isChecked, setChecked] = useState(false);
  const change = (part: Partial<FormDraft>) => setDraft((before) => ({ ...before, ...part }));
  const done = (words: string) => async () => {
    toast.success(words);
    onClose();
    await client.invalidateQueries(trpc.optInForms.pathFilter());
  };
  const onError = (error: Parameters<typeof errorWords>[0]) => toast.error(errorWords(error));
  const create = useMutation(trpc.optInForms.create.mutationOptions({ onSuccess: done(t("created")), onError }));
  const save = useMutation(trpc.optInForms.change.mutationOptions({ onSuccess: done(t("saved")), onError }));
  const wrong = problemsOf(draft);
  const problem = (field: string) => {
    const key = wrong.get(field);
    return isChecked && key ? t(`problems.${key}`) : undefined;
  };
  const submit = () => {
    setChecked(true);
    if (wrong.size > 0) return;
    const ready = readyOf(draft);
    if (form) save.mutate({ formId: form.id, form: ready });
    else create.mutate(ready);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={form ? t("changeTitle", { name: form.name }) : t("newTitle")}
      description={form ? t("changeBody") : undefined}
      closeLabel={t("cancel")}
      className="max-w-2xl"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={create.isPending || save.isPending}>
            {t(form ? "save" : "create")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("name")} help={t("nameHelp")} error={problem("name")}>
            <Input value={draft.name} maxLength={80} onChange={({ target }) => change({ name: target.value })} />
          </Field>
          <Field label={t("source")} help={t("sourceHelp")} error={problem("source")}>
            <Input value={draft.source} maxLength={120} onChange={({ target }) => change({ source: target.value })} />
          </Field>
        </div>
        <fieldset className="space-y-2">
          <legend className="mb-1.5 font-medium text-sm">{t("purposes")}</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-2">
            {consentPurposes.map((purpose) => (
              <Checkbox
                key={purpose}
                label={names(purpose)}
                checked={draft.purposes.includes(purpose)}
                onCheckedChange={(isOn) =>
                  change({
                    purposes: consentPurposes.filter((each) =>
                      each === purpose ? isOn === true : draft.purposes.includes(each),
                    ),
                  })
                }
              />
            ))}
          </div>
          {problem("purposes") ? (
            <p role="alert" className="text-danger text-xs">
              {problem("purposes")}
            </p>
          ) : null}
        </fieldset>
        <TextsFields
          texts={draft.texts}
          purposes={draft.purposes}
          suggestion={suggestion}
          problem={problem}
          onChange={(texts) => change({ texts })}
        />
        <Field label={t("privacy")} aside={t("optional")} error={problem("privacyUrl")}>
          <Input
            type="url"
            placeholder="https://"
            value={draft.privacyUrl ?? ""}
            onChange={({ target }) => change({ privacyUrl: target.value || null })}
          />
        </Field>
      </form>
    </Dialog>
  );
}

/** In English and French; other languages are added where they are wanted. */
const emptyDraft = ({ en, fr }: FormDraft["texts"]): FormDraft => ({
  name: "",
  source: "",
  purposes: ["service"],
  texts: { en, fr },
  privacyUrl: null,
});

const draftOf = ({ name, source, purposes, texts, privacyUrl }: FormRow): FormDraft => ({
  name,
  source,
  purposes,
  texts,
  privacyUrl,
});

/** Without the words of classes that are not asked for. */
const readyOf = (draft: FormDraft): FormDraft => ({
  ...draft,
  texts: Object.fromEntries(
    Object.entries(draft.texts).map(([language, text]) => [
      language,
      {
        ...text,
        wordings: Object.fromEntries(draft.purposes.map((purpose) => [purpose, text.wordings[purpose] ?? ""])),
      },
    ]),
  ),
});

const shortestWording = 10;

type Problem = "name" | "source" | "purposes" | "privacyUrl" | "texts" | "title" | "wording";

/** What the server would refuse, by field: said beside it before it is asked. */
function problemsOf({ name, source, purposes, texts, privacyUrl }: FormDraft): Map<string, Problem> {
  const wrong = new Map<string, Problem>();
  if (name.trim().length < 2) wrong.set("name", "name");
  if (source.trim().length < 2) wrong.set("source", "source");
  if (purposes.length === 0) wrong.set("purposes", "purposes");
  if (privacyUrl !== null && !/^https:\/\/[^/]+\.[^/]/.test(privacyUrl)) wrong.set("privacyUrl", "privacyUrl");
  if (Object.keys(texts).length === 0) wrong.set("texts", "texts");
  for (const [language, text] of Object.entries(texts)) {
    if (text.title.trim().length < 3) wrong.set(`${language}.title`, "title");
    for (const purpose of purposes)
      if ((text.wordings[purpose] ?? "").trim().length < shortestWording)
        wrong.set(`${language}.${purpose}`, "wording");
  }
  return wrong;
}
