"use client";

import { CircleAlert, CircleCheck, CirclePause, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Chip, type Tone } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Alert } from "#server/health/find-alerts.ts";
import type { Board } from "#server/health/read-board.ts";
import { HoldButton } from "./hold-button.tsx";
import { useAlertWords } from "./use-alert-words.ts";

type BoardHeaderProps = {
  board: Board;
  readAt: Date /** The last reading failed: the figures are those of before. */;
  isStale: boolean;
};

/** As many as fit into one sentence; the others are behind the chip. */
const told = 3;

/** Whether all is well, and in one sentence what is not. */
export function BoardHeader({ board: { alerts, lanes, hold }, readAt, isStale }: BoardHeaderProps) {
  const t = useTranslations("health");
  const words = useAlertWords();
  const sentences = alerts.slice(0, told).map(words).join(" ");
  const more = alerts.length - told;
  return (
    <PageHeader
      isWide
      title={t("title")}
      aside={
        <>
          <LanesChip lanes={lanes} />
          {alerts.length > 0 ? <AlertsChip alerts={alerts} /> : null}
        </>
      }
      description={
        <span role="status">
          {alerts.length === 0 ? t("allWell") : more > 0 ? `${sentences} ${t("more", { count: more })}` : sentences}
        </span>
      }
      actions={
        <>
          <Live readAt={readAt} isStale={isStale} />
          <HoldButton isHeld={hold !== null} waiting={lanes.reduce((sum, lane) => sum + lane.waiting, 0)} />
        </>
      }
    />
  );
}

function LanesChip({ lanes }: { lanes: Board["lanes"] }) {
  const t = useTranslations("health");
  const late = lanes.filter((lane) => lane.state === "late");
  const chip = (tone: Tone, icon: LucideIcon, text: ReactNode) => (
    <Chip tone={tone} icon={icon}>
      {text}
    </Chip>
  );
  if (lanes.some((lane) => lane.state === "held")) return chip("danger", CirclePause, t("sendingHeld"));
  if (late.length > 0) {
    const names = late.map((lane) => t(`lanes.names.${lane.name}`)).join(", ");
    return chip("danger", CircleAlert, t("lanesLate", { names, count: late.length }));
  }
  return chip("success", CircleCheck, t("lanesOnTime"));
}

function AlertsChip({ alerts }: { alerts: Alert[] }) {
  const t = useTranslations("health");
  const words = useAlertWords();
  const tone = alerts.some((alert) => alert.weight === "danger") ? "danger" : "warning";
  return (
    <Popover
      className="w-96 max-w-[calc(100vw-2rem)]"
      trigger={
        <button type="button" className="rounded-full">
          <Chip tone={tone} icon={TriangleAlert}>
            {t("toLookAt", { count: alerts.length })}
          </Chip>
        </button>
      }
    >
      <ul aria-label={t("toLookAt", { count: alerts.length })} className="space-y-2">
        {alerts.map((alert) => (
          <li key={words(alert)} className="flex gap-2">
            <TriangleAlert
              aria-hidden
              className={cn("mt-0.5 size-3.5 shrink-0", alert.weight === "danger" ? "text-danger" : "text-warning")}
            />
            {words(alert)}
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function Live({ readAt, isStale }: { readAt: Date; isStale: boolean }) {
  const t = useTranslations("health");
  const format = useFormatter();
  const time = format.dateTime(readAt, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  return (
    <span className={cn("tabular flex items-center gap-2 text-sm", isStale ? "text-warning" : "text-secondary")}>
      <span aria-hidden className={cn("size-2 rounded-full", isStale ? "bg-warning" : "bg-success")} />
      {t(isStale ? "stale" : "live", { time })}
    </span>
  );
}
