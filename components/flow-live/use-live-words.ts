"use client";

import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Reasons, ends and spans in the person's language. */
export function useLiveWords() {
  const t = useTranslations("flowLive.words");
  const reasons = useTranslations("reasons");
  const ends = useTranslations("endReasons");
  const format = useFormatter();
  return useMemo(() => {
    const span = (seconds: number): string => {
      if (seconds < minute) return t("seconds", { count: Math.round(seconds) });
      if (seconds < hour) return t("minutes", { count: Math.round(seconds / minute) });
      if (seconds < 2 * day) {
        // Rounded as a whole: 23 h 59 min 40 s is a day, and no "23 h 60".
        const minutes = Math.round(seconds / minute);
        return t("hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
      }
      return t("days", { count: Math.round(seconds / day) });
    };
    const longReason = (reason: string): string => {
      if (t.has(`waits.${reason}`)) return t(`waits.${reason}`);
      return reasons.has(reason) ? reasons(reason) : reason || t("noReason");
    };
    return {
      stay: (seconds: number) => span(seconds),
      span,
      longReason,
      /** In a few words; what the step waits for depends on what it is. */
      waitReason: (reason: string, stepType: string): string => {
        if (reason === "step") return t.has(`step.${stepType}`) ? t(`step.${stepType}`) : t("step.other");
        return longReason(reason);
      },
      end: (reason: string): string => (ends.has(reason) ? ends(reason) : longReason(reason)),
      day: (text: string) => format.dateTime(new Date(text), { day: "numeric", month: "long", timeZone: "UTC" }),
    };
  }, [t, reasons, ends, format]);
}
