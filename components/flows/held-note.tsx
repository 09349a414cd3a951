import { CirclePause } from "lucide-react";
import { useTranslations } from "use-intl";

/** People of a flow whose message waits for a template that WhatsApp has stopped. */
export function HeldNote({ people }: { people: number }) {
  const t = useTranslations("flows");
  return (
    <span className="flex items-center gap-1 text-warning text-xs" title={t("heldHelp")}>
      <CirclePause aria-hidden className="size-3.5 shrink-0" />
      {t("held", { count: people })}
    </span>
  );
}
