"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Info, Send } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useVariableName } from "#components/flow-words/use-variable-name.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { languageInSentence } from "#components/template-words/language-name.ts";
import { TestOutcome } from "#components/test-send/test-outcome.tsx";
import { optionOfPerson } from "#components/test-send/test-person.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { pickLanguage } from "#flow/pick-language.ts";
import { templateVariables } from "#flow/template.ts";
import type { OpenTemplate } from "./template-row.ts";

/** Sends the approved text to one of the test numbers, with values one may change, and tells what becomes of it. */
export function TestSend({ template }: { template: OpenTemplate }) {
  const t = useTranslations("templates.testSend");
  const common = useTranslations("common");
  const { can } = useSession();
  if (!can("send-test-messages") || template.category === "authentication") return null;
  return (
    <Dialog
      trigger={
        <Button title={t("open")}>
          <Send aria-hidden />
          <span className="max-xl:sr-only">{t("open")}</span>
        </Button>
      }
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
    >
      <TestForm template={template} />
    </Dialog>
  );
}

function TestForm({ template }: { template: OpenTemplate }) {
  const t = useTranslations("templates.testSend");
  const locale = useLocale();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const { workspace, can } = useSession();
  const people = useQuery(trpc.channelSetup.testNumbers.queryOptions()).data;
  const [contactId, setContact] = useState<string | null>(null);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const send = useMutation(trpc.channelSetup.sendTest.mutationOptions());
  const approved = approvedHere(template);
  if (approved.length === 0)
    return (
      <Callout tone="info" icon={Info}>
        {t("notApproved")}
      </Callout>
    );
  if (people?.length === 0)
    return (
      <Callout tone="info" icon={Info}>
        {t(can("manage-channels") ? "noNumbersOwner" : "noNumbers")}{" "}
        <Link href="/channels" className="text-accent hover:underline">
          {t("toChannels")}
        </Link>
      </Callout>
    );
  const person = people?.find((one) => one.contactId === contactId);
  const language = person ? pickLanguage({ languages: approved }, person.locale, workspace.language)?.language : null;
  const from = template.accounts.find((account) => account.isSending)?.numbers[0];
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (contactId) send.mutate({ contactId, templateId: template.id, values: typed });
      }}
    >
      <Field label={t("to")} help={from ? t("from", { number: from }) : undefined}>
        <Combobox
          value={contactId}
          onValueChange={setContact}
          placeholder={t("pick")}
          searchPlaceholder={t("search")}
          emptyText={t("nobody")}
          options={(people ?? []).map((one) => optionOfPerson(one.contactId, one))}
        />
      </Field>
      <Values template={template} typed={typed} onTyped={setTyped} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 text-secondary text-xs">
          {language ? t("inLanguage", { language: languageInSentence(language, locale) }) : t("gate")}
        </p>
        <Button type="submit" variant="primary" disabled={!person} isBusy={send.isPending}>
          {send.isPending ? null : <Send aria-hidden />}
          {t("send")}
        </Button>
      </div>
      <div aria-live="polite">
        {send.isError ? <p className="text-danger text-sm">{errorWords(send.error)}</p> : null}
        {send.data ? (
          <div className="rounded-md border border-border px-3 py-2.5">
            <TestOutcome messageId={send.data.messageId} />
          </div>
        ) : null}
      </div>
    </form>
  );
}

type ValuesProps = {
  template: OpenTemplate;
  typed: Record<string, string>;
  onTyped: (typed: Record<string, string>) => void;
};

/** What fills each blank: the sample until something else is typed. */
function Values({ template, typed, onTyped }: ValuesProps) {
  const t = useTranslations("templates.testSend");
  const nameOf = useVariableName();
  const variables = [...new Set(template.languages.flatMap(templateVariables))];
  const texts = variables.filter((name) => !name.startsWith("link."));
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{t("values")}</legend>
      {texts.length === 0 ? <p className="text-secondary text-sm">{t("noValues")}</p> : null}
      <div className="grid gap-x-3 gap-y-2 sm:grid-cols-2">
        {texts.map((name) => (
          <Field key={name} label={nameOf(name)}>
            <Input
              isDense
              maxLength={2000}
              value={typed[name] ?? template.samples[name] ?? ""}
              onChange={(event) => onTyped({ ...typed, [name]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      {texts.length < variables.length ? <p className="mt-1.5 text-secondary text-xs">{t("links")}</p> : null}
    </fieldset>
  );
}

/** The languages that may leave by the number that sends. */
const approvedHere = ({ accounts, languages }: OpenTemplate) =>
  (accounts.find((account) => account.isSending)?.languages ?? languages).filter(({ status }) => status === "approved");
