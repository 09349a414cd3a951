"use client";

import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";

export type NamedMetric = { id: string; name: string | null };
/** `currency`: of money in another one than what messages cost. */
type Shown = { kind: "rate" | "mean" | "ratio"; isMoney: boolean; currency?: string | null };

const microsPerUnit = 1_000_000;

/** An experiment's numbers in the reader's language. Rates and lifts come as shares; a difference of rates is told in points. */
export function useFigures(currency: string) {
  const t = useTranslations("experiments");
  const format = useFormatter();
  return useMemo(() => {
    const percent = (value: number, digits = 2) =>
      format.number(value, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits });
    const money = (micros: number, own?: string | null) =>
      format.number(micros / microsPerUnit, { style: "currency", currency: own ?? currency, maximumFractionDigits: 2 });
    const plain = (value: number) => format.number(value, { maximumFractionDigits: 2 });
    const signed = { signDisplay: "exceptZero" } as const;
    const points = (value: number, digits = 2) =>
      t("points", {
        points: format.number(value * 100, { minimumFractionDigits: digits, maximumFractionDigits: 2, ...signed }),
      });
    return {
      percent,
      count: (value: number) => format.number(value),
      value: (value: number | null, { kind, isMoney, currency: own }: Shown) => {
        if (value === null) return "–";
        if (isMoney) return money(value, own);
        return kind === "mean" ? plain(value) : percent(value);
      },
      lift: (value: number) =>
        format.number(value, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1, ...signed }),
      wholeLift: (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0, ...signed }),
      difference: (value: number, { kind, isMoney, currency: own }: Shown) => {
        if (isMoney)
          return format.number(value / microsPerUnit, {
            style: "currency",
            currency: own ?? currency,
            maximumFractionDigits: 2,
            ...signed,
          });
        if (kind === "mean") return format.number(value, { maximumFractionDigits: 2, ...signed });
        return points(value);
      },
      points: (value: number) => points(value, 1),
      p: (value: number) => {
        if (value < 0.001) return t("below", { value: format.number(0.001, { maximumFractionDigits: 3 }) });
        if (value > 0.99) return t("above", { value: format.number(0.99, { maximumFractionDigits: 2 }) });
        return format.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
      },
      chance: (value: number) => {
        if (value > 0.999) return t("above", { value: percent(0.999, 1) });
        if (value < 0.001) return t("below", { value: percent(0.001, 1) });
        return percent(value, 1);
      },
      money,
      day: (day: string) =>
        format.dateTime(new Date(`${day}T12:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" }),
    };
  }, [t, format, currency]);
}

/** What a metric is called: one of the product's in the reader's language, one of the workspace's own as it is. */
export function useMetricName(): (metric: NamedMetric) => string {
  const t = useTranslations("experiments.metrics");
  return ({ id, name }) => name ?? (t.has(id) ? t(id) : id);
}

/** A window in days where it is whole days, else in hours. */
export function useWindowWords(): (hours: number) => string {
  const t = useTranslations("experiments");
  return (hours) => (hours % 24 === 0 && hours > 72 ? t("days", { count: hours / 24 }) : t("hours", { count: hours }));
}
