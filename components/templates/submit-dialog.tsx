"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { AccountChoice, usualChoice } from "#components/template-words/account-choice.tsx";
import { AccountName } from "#components/template-words/account-name.tsx";
import { languageName } from "#components/template-words/language-name.ts";
import { TemplateStatusChip } from "#components/template-words/template-status.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { OpenTemplate, Submission } from "./template-row.ts";
import { useSubmitTemplate } from "./use-submit-template.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

type SubmitDialogProps = { template: OpenTemplate; store: TemplateDraftStore; onClose: () => void };

/** Gives a template to several WhatsApp accounts in one act: which of them, then what each of them said to each language. */
export function SubmitDialog({ template, store, onClose }: SubmitDialogProps) {
  const t = useTranslations("templates.accounts");
  const editor = useTranslations("templates.editor");
  const common = useTranslations("common");
  const { accounts } = template;
  const [chosen, setChosen] = useState(() => usualChoice(accounts));
  const submit = useSubmitTemplate(template.id, store, { isTold: false });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={submit.data ? t("answersTitle") : editor("submit")}
      description={<span className="font-mono">{template.name}</span>}
      closeLabel={common("close")}
      footer={
        submit.data ? (
          <Button variant="primary" onClick={onClose}>
            {common("close")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button
              variant="primary"
              isBusy={submit.isPending}
              disabled={chosen.length === 0}
              onClick={() => submit.mutate(chosen)}
            >
              {t("submitTo", { count: chosen.length })}
            </Button>
          </>
        )
      }
    >
      {submit.data ? (
        <Answers accounts={accounts} answers={submit.data} />
      ) : (
        <div className="space-y-2">
          <p className="text-secondary text-sm">{t("help")}</p>
          <AccountChoice accounts={accounts} chosen={chosen} onChoose={setChosen} />
        </div>
      )}
    </Dialog>
  );
}

/** What each account said to each language. */
function Answers({ accounts, answers }: { accounts: OpenTemplate["accounts"]; answers: Submission[] }) {
  const t = useTranslations("templates.accounts");
  const locale = useLocale();
  const asked = accounts.filter(({ accountId }) => answers.some((one) => one.accountId === accountId));
  return (
    <ul className="space-y-3" aria-live="polite">
      {asked.map(({ accountId, numbers, isSending }) => (
        <li key={accountId} className="rounded-md border border-border px-3 py-2.5">
          <AccountName numbers={numbers} isSending={isSending} />
          <ul className="mt-1.5 space-y-1.5">
            {answers
              .filter((one) => one.accountId === accountId)
              .map(({ language, status, detail }) => (
                <li key={language} className="text-sm">
                  <span className="flex items-center justify-between gap-3">
                    <span className="min-w-0 truncate">{languageName(language, locale)}</span>
                    {status === null ? (
                      <Chip tone="warning">{t("notTaken")}</Chip>
                    ) : (
                      <TemplateStatusChip status={status} />
                    )}
                  </span>
                  {detail ? <p className="mt-0.5 text-secondary text-xs [overflow-wrap:anywhere]">{detail}</p> : null}
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
