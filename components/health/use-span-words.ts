"use client";

import { useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";

/** Says a span of time in one short piece: 0.4 s, 41 s, 14 min, 3 h, 2 days. */
export function useSpanWords(): (milliseconds: number) => string {
  const t = useTranslations("health.span");
  const format = useFormatter();
  return useCallback(
    (milliseconds: number) => {
      const seconds = Math.max(0, milliseconds) / 1000;
      if (seconds < 9.95) return t("s", { amount: format.number(seconds, { maximumFractionDigits: 1 }) });
      if (seconds < 90) return t("s", { amount: format.number(Math.round(seconds)) });
      if (seconds < 90 * 60) return t("min", { amount: format.number(Math.round(seconds / 60)) });
      if (seconds < 36 * 3600) return t("h", { amount: format.number(Math.round(seconds / 3600)) });
      return t("days", { amount: Math.round(seconds / 86_400) });
    },
    [t, format],
  );
}
