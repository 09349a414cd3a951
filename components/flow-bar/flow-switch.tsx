"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";

const views = ["build", "live", "history"] as const;
export type FlowView = (typeof views)[number];

type FlowSwitchProps = { flowId: string; current: FlowView; hasVersion: boolean };

const item = "inline-flex h-6.5 items-center rounded-sm px-3 font-medium text-sm";

/** Build, Live, History: three views of one flow, each with its address. What never ran has only the first, and the others say so. */
export function FlowSwitch({ flowId, current, hasVersion }: FlowSwitchProps) {
  const t = useTranslations("flowBar");
  return (
    <nav
      aria-label={t("views")}
      className="inline-flex shrink-0 items-center gap-0.5 rounded-md border border-border bg-sunken p-0.5"
    >
      {views.map((view) =>
        hasVersion || view === "build" ? (
          <Link
            key={view}
            href={view === "build" ? `/flows/${flowId}` : `/flows/${flowId}/${view}`}
            aria-current={view === current ? "page" : undefined}
            className={cn(
              item,
              view === current
                ? "bg-surface text-ink shadow-[0_0_0_1px_var(--border)] dark:bg-border"
                : "text-secondary hover:text-ink",
            )}
          >
            {t(view)}
          </Link>
        ) : (
          <Tooltip key={view} text={t("notYet")} side="bottom">
            <button type="button" aria-disabled className={cn(item, "cursor-default text-tertiary opacity-60")}>
              {t(view)}
            </button>
          </Tooltip>
        ),
      )}
    </nav>
  );
}
