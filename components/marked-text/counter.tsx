import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";

/** Share of the limit from which the counter warns. */
const closeShare = 0.9;

/** Counts what WhatsApp counts: amber when it gets close, red above. */
export function Counter({ length, limit, className }: { length: number; limit: number; className?: string }) {
  const t = useTranslations("templates.editor");
  const format = useFormatter();
  const tone =
    length > limit ? "font-semibold text-danger" : length >= limit * closeShare ? "text-warning" : "text-tertiary";
  return (
    <span className={cn("tabular shrink-0 text-xs", tone, className)} title={t("countedWithSamples")}>
      {format.number(length)}/{format.number(limit)}
    </span>
  );
}
