"use client";

import { useTranslations } from "use-intl";
import { useMetricWords } from "#components/message-figures/use-metric-words.ts";
import { shade } from "#components/ui/heat-map.tsx";
import type { Measure } from "#flow/metric.ts";
import type { Course } from "#server/dashboard/read-course.ts";
import { Block } from "./block.tsx";
import type { Filter } from "./use-dashboard-filter.ts";

const steps = ["sent", "delivered", "read", "acted", "converted"] as const satisfies Measure[];

type FunnelBlockProps = { course: Course; filter: Filter; onOpen: (measure: Measure) => void };

/** How far messages came, all as shares of those that were sent. A count opens the messages behind it. */
export function FunnelBlock({ course, filter, onOpen }: FunnelBlockProps) {
  const t = useTranslations("dashboard");
  const words = useMetricWords(course.currency);
  const { sums } = course;
  return (
    <Block title={t("funnelTitle")} description={t("shareOfSent")} file={{ block: "metrics", filter }}>
      <ul className="flex flex-1 flex-col justify-between gap-2 px-4 pb-4">
        {steps.map((step, index) => {
          const share = sums.sent === 0 ? 0 : sums[step] / sums.sent;
          const isLast = index === steps.length - 1;
          return (
            <li key={step}>
              <button
                type="button"
                disabled={sums[step] === 0}
                onClick={() => onOpen(step)}
                className="grid w-full grid-cols-[118px_minmax(0,1fr)_56px_72px] items-center gap-3 rounded-sm text-left text-sm enabled:hover:bg-hover"
              >
                <span className={isLast ? "font-semibold" : "text-secondary"}>{t(`steps.${step}`)}</span>
                <span className="h-[26px] overflow-hidden rounded-sm bg-sunken">
                  <span
                    className="block h-full rounded-sm"
                    style={{
                      width: `${share * 100}%`,
                      minWidth: sums[step] > 0 ? 2 : 0,
                      background: shade(0.35 + 0.16 * index),
                    }}
                  />
                </span>
                <span className="tabular text-right font-medium">
                  {sums.sent === 0 ? t("none") : words.share(share)}
                </span>
                <span className="tabular text-right text-secondary">
                  {words.count(sums[step])}
                  <span className="sr-only">, {t("showMessages")}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Block>
  );
}
