"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMetricWords } from "#components/message-figures/use-metric-words.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { useMoney } from "#components/ui/use-money.ts";
import type { MetricId } from "#flow/metric.ts";
import type { Course } from "#server/dashboard/read-course.ts";
import { Block } from "./block.tsx";
import type { Behind } from "./counted-sheet.tsx";
import type { Filter } from "./use-dashboard-filter.ts";

type SpendingBlockProps = {
  course: Course;
  filter: Filter;
  onOpen: (behind: Behind) => void;
  /** Sets what the trend shows. */
  onChoose: (metric: MetricId) => void;
};

/** What messages have cost and what their goals were worth, what of the month's budget is left, and how many conversations needed no agent. */
export function SpendingBlock({ course, filter, onOpen, onChoose }: SpendingBlockProps) {
  const t = useTranslations("dashboard");
  const words = useMetricWords(course.currency);
  const { automation, cost } = course.metrics;
  const { sums, otherCurrencies } = course;
  const costChange = words.change(cost);
  return (
    <Block title={t("spendingTitle")} file={{ block: "metrics", filter }}>
      <div className="grid gap-x-8 gap-y-5 px-4 pb-4 sm:grid-cols-2 xl:grid-cols-4">
        <div>
          <p className="text-xs">
            <Behindable onOpen={() => onChoose("cost")}>{t("metrics.cost")}</Behindable>
          </p>
          <p className="tabular font-semibold text-h1">{words.costHeadline(cost, sums)}</p>
          <p className="tabular text-secondary text-xs">
            {t("forArrived", { count: words.count(sums.delivered) })}
            {costChange ? ` · ${t("againstBefore", { change: costChange.amount })}` : ""}
          </p>
          {otherCurrencies.length > 0 ? (
            <p className="mt-1 text-secondary text-xs">{t("otherCurrencies", { names: otherCurrencies.join(", ") })}</p>
          ) : null}
          {sums.unpriced > 0 ? (
            <Behindable onOpen={() => onOpen({ measure: "unpriced", name: t("steps.unpriced") })}>
              {t("unpriced", { count: sums.unpriced })}
            </Behindable>
          ) : null}
        </div>
        <Budget />
        <Worth course={course} onOpen={onOpen} onChoose={onChoose} />
        <div>
          <p className="text-secondary text-xs">{t("metrics.automation")}</p>
          <p className="tabular font-semibold text-h1">{words.headline(automation)}</p>
          <p className="tabular text-secondary text-xs">
            {automation.denominator ? (
              <Behindable onOpen={() => onOpen({ measure: "conversed", name: t("steps.conversed") })}>
                {t("conversations", { x: words.count(automation.numerator), n: words.count(automation.denominator) })}
              </Behindable>
            ) : (
              t("noConversations")
            )}
          </p>
          <p className="tabular text-secondary text-xs">{automation.value === null ? null : words.range(automation)}</p>
        </div>
      </div>
    </Block>
  );
}

/** What the goals were worth, in the currency that most of them told, and how many of them told anything. */
function Worth({ course, onOpen, onChoose }: Omit<SpendingBlockProps, "filter">) {
  const t = useTranslations("dashboard");
  const words = useMetricWords(course.valueCurrency);
  const money = useMoney();
  const { sums, metrics, values, valueCurrency } = course;
  const mine = values.find(({ currency }) => currency === valueCurrency);
  const others = values.filter(({ currency }) => currency !== valueCurrency);
  const change = words.change(metrics.value);
  return (
    <div>
      {sums.valued === 0 ? (
        <p className="text-secondary text-xs">{t("metrics.value")}</p>
      ) : (
        <p className="text-xs">
          <Behindable onOpen={() => onChoose("value")}>{t("metrics.value")}</Behindable>
        </p>
      )}
      {sums.valued === 0 ? (
        <>
          <p className="mt-1 text-sm">{t("noValue")}</p>
          <p className="text-secondary text-xs">{t("noValueHow")}</p>
        </>
      ) : (
        <>
          <p className="tabular font-semibold text-h1">{words.headline(metrics.value)}</p>
          <p className="tabular text-secondary text-xs">
            <Behindable onOpen={() => onOpen({ measure: "valued", name: t("steps.valued") })}>
              {t("valueOf", { x: words.count(mine?.valued ?? 0), n: words.count(sums.converted) })}
            </Behindable>
            {change ? ` · ${t("againstBefore", { change: change.amount })}` : ""}
          </p>
          {others.length > 0 ? (
            <p className="tabular mt-1 text-secondary text-xs">
              {t("otherValues", { amounts: others.map((value) => money(value)).join(" · ") })}
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}

/** Words that open what is behind them. */
const Behindable = ({ onOpen, children }: { onOpen: () => void; children: ReactNode }) => (
  <button
    type="button"
    className="tabular text-left text-secondary text-xs underline decoration-border-strong underline-offset-2 hover:decoration-current"
    onClick={onOpen}
  >
    {children}
  </button>
);

function Budget() {
  const t = useTranslations("dashboard");
  const money = useMoney();
  const trpc = useTRPC();
  const { can } = useSession();
  const { data } = useQuery(trpc.dashboard.spending.queryOptions());
  if (data === undefined) return <div />;
  if (data === null) {
    return (
      <div>
        <p className="text-secondary text-xs">{t("budget")}</p>
        <p className="mt-1 text-sm">{t("noBudget")}</p>
        {can("manage-workspace") ? (
          <Link href="/settings" className="text-accent text-sm hover:underline">
            {t("setBudget")}
          </Link>
        ) : null}
      </div>
    );
  }
  const { currency, budgetMicros, spentMicros } = data;
  const share = budgetMicros === 0 ? 1 : spentMicros / budgetMicros;
  return (
    <div>
      <p className="text-secondary text-xs">{t("budget")}</p>
      <p className="tabular font-semibold text-h1">{money({ amountMicros: spentMicros, currency })}</p>
      <Meter
        share={share}
        label={t("budgetUsed")}
        tone={share >= 1 ? "danger" : share >= 0.85 ? "warning" : "accent"}
        className="mt-1 mb-1"
      />
      <p className="tabular text-secondary text-xs">
        {t("ofBudget", { amount: money({ amountMicros: budgetMicros, currency }) })}
      </p>
    </div>
  );
}
