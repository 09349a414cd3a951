"use client";

import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";

const swatches = [
  ["added", "border-success bg-success-tint"],
  ["removed", "border-danger border-dashed bg-danger-tint"],
  ["changed", "border-warning bg-warning-tint"],
] as const;

/** What the frames mean; their marks say it in words, too. */
export function Legend() {
  const t = useTranslations("flowDiff");
  const kinds = useTranslations("flowEditor.changes.kinds");
  return (
    <ul
      aria-label={t("legend")}
      className="floating flex items-center gap-3 rounded-lg border border-border bg-raised px-3 py-1.5 text-secondary text-xs"
    >
      {swatches.map(([kind, look]) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span aria-hidden className={cn("size-3 rounded-xs border", look)} />
          {kinds(kind)}
        </li>
      ))}
    </ul>
  );
}
