import { useFormatter, useLocale, useTranslations } from "use-intl";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { AccountName } from "./account-name.tsx";
import { languageInSentence } from "./language-name.ts";

/** What the choice shows of an account. */
export type ChoosableAccount = {
  channelId: string;
  numbers: string[];
  isSending: boolean;
  languages: { language: string; isOpen: boolean }[];
};

type AccountChoiceProps = {
  accounts: readonly ChoosableAccount[];
  /** Ids of numbers, one for each account that is chosen. */
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
};

/** The WhatsApp accounts with a box each, and what happens to the template at each of them. */
export function AccountChoice({ accounts, chosen, onChoose }: AccountChoiceProps) {
  const t = useTranslations("templates.accounts");
  const format = useFormatter();
  const locale = useLocale();
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t("where")}</legend>
      <ul className="rounded-md border border-border">
        {accounts.map(({ channelId, languages, ...account }) => {
          const open = openLanguages({ languages });
          const held = languages.length - open.length;
          const names = format.list(open.map((language) => languageInSentence(language, locale)));
          return (
            <li key={channelId} className="border-border border-b px-3 py-2.5 last:border-b-0">
              <Checkbox
                label={<AccountName {...account} />}
                help={
                  open.length === 0
                    ? t("allHeld")
                    : `${t("wouldGo", { names })}${held > 0 ? ` ${t("held", { count: held })}` : ""}`
                }
                disabled={open.length === 0}
                checked={chosen.includes(channelId)}
                onCheckedChange={(isOn) =>
                  onChoose(isOn === true ? [...chosen, channelId] : chosen.filter((one) => one !== channelId))
                }
              />
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

const openLanguages = ({ languages }: Pick<ChoosableAccount, "languages">): string[] =>
  languages.filter((one) => one.isOpen).map((one) => one.language);

/** What is ticked at first: where messages leave from, and where some of it is already; never where there is nothing to submit. */
export const usualChoice = (accounts: readonly ChoosableAccount[]): string[] =>
  accounts
    .filter((account) => openLanguages(account).length > 0)
    .filter(({ isSending, languages }) => isSending || languages.some((one) => !one.isOpen))
    .map(({ channelId }) => channelId);
