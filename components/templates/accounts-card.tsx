import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { LanguageTag } from "#components/template-words/template-status.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { isOpen } from "#flow/template.ts";
import type { OpenTemplate } from "./template-row.ts";
import { useSubmitTemplate } from "./use-submit-template.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

/** How the template stands at each WhatsApp account, where there are several, and the way to those that have not been given it. */
export function AccountsCard({ template, store }: { template: OpenTemplate; store: TemplateDraftStore }) {
  const t = useTranslations("templates.accounts");
  const submit = useSubmitTemplate(template.id, store);
  const maySubmit = useSession().can("submit-templates");
  if (template.accounts.length < 2) return null;
  // Somebody has approved what an account holds: only such a text is offered to another one.
  const isHeld = template.languages.some((one) => !one.isOpen);
  return (
    <section className="border-border border-t pt-3" aria-label={t("title")}>
      <h2 className="font-semibold text-sm">{t("title")}</h2>
      <p className="mt-1 text-secondary text-xs">{t("help")}</p>
      <ul className="mt-1.5">
        {template.accounts.map(({ accountId, channelId, numbers, isSending, languages }) => (
          <li key={accountId} className="border-border border-b py-2 text-sm last:border-b-0">
            <div className="flex items-center justify-between gap-2">
              <span className="min-w-0 truncate font-medium" title={numbers.join(", ")}>
                {numbers.join(", ")}
              </span>
              {isSending ? <Chip>{t("sends")}</Chip> : null}
            </div>
            <div className="mt-1 flex flex-wrap items-center gap-1">
              {languages.map(({ language, status, statusReason }) => (
                <LanguageTag key={language} language={language} status={status} reason={statusReason} />
              ))}
              {maySubmit && isHeld && languages.some((one) => isOpen(one.status)) ? (
                <Button
                  size="dense"
                  className="ml-auto"
                  isBusy={submit.isPending}
                  onClick={() => submit.mutate([channelId])}
                >
                  {t("submitHere")}
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
