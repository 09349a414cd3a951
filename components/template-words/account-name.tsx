import { useTranslations } from "use-intl";
import { Chip } from "#components/ui/chip.tsx";

/** A WhatsApp account by its numbers, and whether messages leave from it. */
export function AccountName({ numbers, isSending }: { numbers: string[]; isSending: boolean }) {
  const t = useTranslations("templates.accounts");
  const names = numbers.join(", ");
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="min-w-0 truncate font-medium" title={names}>
        {names}
      </span>
      {isSending ? <Chip>{t("sends")}</Chip> : null}
    </span>
  );
}
