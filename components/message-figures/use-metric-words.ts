"use client";

import { useFormatter, useTranslations } from "use-intl";
import { useMoney } from "#components/ui/use-money.ts";
import { leastConversions, type MetricId, metrics } from "#flow/metric.ts";
import type { Judged } from "#server/dashboard/judge-metric.ts";

/** How numbers of the dashboard are said. `currency` is that of its costs; null: nothing has cost anything. */
export function useMetricWords(currency: string | null) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const money = useMoney();
  const count = (value: number) => format.number(value);
  /** A share of 0 to 1: one digit, two below one percent. */
  const share = (value: number) => format.number(value, { style: "percent", ...digits(value * 100) });
  const amount = (micros: number) =>
    currency === null
      ? t("none")
      : money({ amountMicros: micros, currency }, { isSmall: Math.abs(micros) < 1_000_000 });
  const figureOf = (metric: MetricId, value: number) =>
    metrics[metric].kind === "rate" ? share(value) : amount(value);
  /** On an axis: money in few letters. */
  const tick = (metric: MetricId, value: number) =>
    metrics[metric].kind === "rate" || currency === null
      ? figureOf(metric, value)
      : format.number(value / 1_000_000, {
          ...{ style: "currency", currency, notation: "compact", maximumSignificantDigits: 3 },
        });
  const points = (value: number) =>
    t("points", { value: format.number(value * 100, { ...pointDigits(value * 100), signDisplay: "exceptZero" }) });
  const relative = (value: number) =>
    format.number(value, {
      style: "percent",
      maximumFractionDigits: 1,
      minimumFractionDigits: 1,
      signDisplay: "exceptZero",
    });

  function headline({ metric, value, numerator }: Judged): string {
    if (metric === "sent") return count(numerator);
    if (value === null) return t("none");
    return metric === "read" ? t("atLeast", { value: share(value) }) : figureOf(metric, value);
  }

  /** Costs with messages of which no price is known are so much at least. */
  const costHeadline = (judged: Judged, { unpriced }: { unpriced: number }): string =>
    unpriced > 0 && currency !== null && judged.value !== null
      ? t("atLeast", { value: headline(judged) })
      : headline(judged);

  /** Under the number: of how many, or the range in which it lies. */
  function range({ metric, range: limits, denominator, value }: Judged): string {
    if (metric === "sent") return t("ofMade", { count: count(denominator ?? 0) });
    if (metric === "cost-per-conversion" && value === null) return t("fewConversions", { count: leastConversions });
    if (!limits || value === null) return t("noneYet");
    // The currency stands above.
    const say = (limit: number) =>
      metric === "cost-per-conversion"
        ? format.number(limit / 1_000_000, { maximumSignificantDigits: 3 })
        : figureOf(metric, limit);
    const words = t("range", { low: bare(say(limits[0])), high: say(limits[1]) });
    return metric === "csat" ? t("rangeOf", { range: words, count: count(denominator ?? 0) }) : words;
  }

  /** In a range the unit is said once, where it stands behind: "71.6 to 72.0%". */
  const bare = (words: string) => words.replace(/[\s\u00a0\u202f]*%$/, "");

  function change({ change: moved }: Judged): { amount: string; range: string } | null {
    if (!moved) return null;
    const say = moved.by === "points" ? points : relative;
    const limits = moved.range;
    return {
      amount: say(moved.amount),
      range:
        !moved.isClear || !limits
          ? t("noClearChange")
          : t("range", { low: signed(limits[0], moved.by), high: signed(limits[1], moved.by) }),
    };
  }

  const signed = (value: number, by: "points" | "relative") =>
    by === "relative"
      ? relative(value)
      : format.number(value * 100, { ...pointDigits(value * 100), signDisplay: "exceptZero" });

  /** A number of percent or points, without its sign. */
  const digit = (value: number) => format.number(value, digits(value));

  return { count, digit, share, amount, figureOf, tick, headline, costHeadline, range, change };
}

const digits = (percent: number) =>
  Math.abs(percent) < 1 && percent !== 0
    ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
    : { minimumFractionDigits: 1, maximumFractionDigits: 1 };

const pointDigits = (points: number) =>
  Math.abs(points) < 0.1 && points !== 0
    ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
    : { minimumFractionDigits: 1, maximumFractionDigits: 1 };
