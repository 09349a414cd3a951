"use client";

import { useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Alert } from "#server/health/find-alerts.ts";
import { useSpanWords } from "./use-span-words.ts";

/** One sentence for each thing to look at. */
export function useAlertWords(): (alert: Alert) => string {
  const t = useTranslations("health.alerts");
  const lanes = useTranslations("health.lanes.names");
  const format = useFormatter();
  const span = useSpanWords();
  return useCallback(
    (alert: Alert) => {
      const percent = (share: number) => format.number(share, { style: "percent" });
      switch (alert.kind) {
        case "lane-late":
        case "lane-near":
          return t(alert.kind, {
            lane: lanes(alert.lane),
            time: span(alert.worstMs),
            promise: span(alert.promiseMs),
          });
        case "worker-lost":
          return alert.heir && alert.afterMs !== null
            ? t("worker-taken-over", { name: alert.name, heir: alert.heir, time: span(alert.afterMs) })
            : t("worker-lost", { name: alert.name });
        case "unknown-outcomes":
        case "dead-letters":
        case "failed-calls":
        case "unread-webhooks":
          return t(alert.kind, { count: alert.items });
        case "channel-paused":
        case "channel-resting":
          return t(alert.kind, { phone: alert.phone });
        case "channel-rate":
        case "channel-people":
          return t(alert.kind, { phone: alert.phone, share: percent(alert.share) });
        case "connections":
          return t("connections", { share: percent(alert.share) });
        case "old-transaction":
          return t("old-transaction", { time: span(alert.ageMs) });
        case "sending-held":
        case "no-worker":
          return t(alert.kind);
      }
    },
    [t, lanes, format, span],
  );
}
