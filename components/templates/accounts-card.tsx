import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { AccountName } from "#components/template-words/account-name.tsx";
import { LanguageTag } from "#components/template-words/template-status.tsx";
import { Button } from "#components/ui/button.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
import type { OpenTemplate } from "./template-row.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

/** How the template stands at each WhatsApp account, where there are several, and the way to those that have not been given it. */
export function AccountsCard({ template, store }: { template: OpenTemplate; store: TemplateDraftStore }) {
  const t = useTranslations("templates.accounts");
  const maySubmit = useSession().can("submit-templates");
  const [isChoosing, setChoosing] = useState(false);
  if (template.accounts.length < 2) return null;
  // Somebody has approved what an account holds: only such a text is offered to another one.
  const isHeld = template.languages.some((one) => !one.isOpen);
  const isMissing = template.accounts.some(({ languages }) => languages.some((one) => one.isOpen));
  return (
    <section className="border-border border-t pt-3" aria-label={t("title")}>
      <h2 className="font-semibold text-sm">{t("title")}</h2>
      <p className="mt-1 text-secondary text-xs">{t("help")}</p>
      <ul className="mt-1.5">
        {template.accounts.map(({ accountId, numbers, isSending, languages }) => (
          <li key={accountId} className="space-y-1.5 border-border border-b py-2 text-sm last:border-b-0">
            <AccountName numbers={numbers} isSending={isSending} />
            <div className="flex flex-wrap items-center gap-1">
              {languages.map(({ language, status, statusReason }) => (
                <LanguageTag key={language} language={language} status={status} reason={statusReason} />
              ))}
            </div>
          </li>
        ))}
      </ul>
      {maySubmit && isHeld && isMissing ? (
        <Button size="dense" className="mt-2" onClick={() => setChoosing(true)}>
          {t("submitElsewhere")}
        </Button>
      ) : null}
      {isChoosing ? <SubmitDialog {...{ template, store }} onClose={() => setChoosing(false)} /> : null}
    </section>
  );
}
