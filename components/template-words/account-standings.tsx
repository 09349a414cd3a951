import { useLocale } from "use-intl";
import type { TemplateStatus } from "#flow/template.ts";
import { AccountName } from "./account-name.tsx";
import { languageName } from "./language-name.ts";
import { TemplateStatusChip } from "./template-status.tsx";

type AccountStandingsProps = {
  accounts: readonly {
    accountId: string;
    numbers: string[];
    isSending: boolean;
    languages: readonly { language: string; status: TemplateStatus; statusReason: string | null }[];
  }[];
};

/** How each language stands at each WhatsApp account, with WhatsApp's own words where it gave some. */
export function AccountStandings({ accounts }: AccountStandingsProps) {
  const locale = useLocale();
  return (
    <ul className="space-y-3">
      {accounts.map(({ accountId, languages, ...account }) => (
        <li key={accountId} className="text-sm">
          <AccountName {...account} />
          <ul className="mt-1 space-y-1">
            {languages.map(({ language, status, statusReason }) => (
              <li key={language}>
                <span className="flex items-center justify-between gap-3">
                  <span className="min-w-0 truncate text-secondary">{languageName(language, locale)}</span>
                  <TemplateStatusChip status={status} />
                </span>
                {statusReason ? (
                  <span className="mt-0.5 block text-secondary text-xs [overflow-wrap:anywhere]">{statusReason}</span>
                ) : null}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
