"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useMetricWords } from "#components/message-figures/use-metric-words.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { HeatMap, shade } from "#components/ui/heat-map.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import type { HourCell } from "#server/dashboard/read-hours.ts";
import { Block, BlockWaiting } from "./block.tsx";
import { CountTable } from "./count-table.tsx";
import type { Behind } from "./counted-sheet.tsx";
import type { Filter } from "./use-dashboard-filter.ts";

/** Fewer messages than this say nothing about an hour: server/dashboard/read-hours.ts. */
const leastInCell = 100;
const weekdays = [1, 2, 3, 4, 5, 6, 7];
const pairs = Array.from({ length: 12 }, (_, index) => index);

/** How many of the messages that left at an hour led to a click or an answer, by weekday. */
export function HoursBlock({ filter, onOpen }: { filter: Filter; onOpen: (behind: Behind) => void }) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const query = useQuery(trpc.dashboard.hours.queryOptions(filter));
  const [isTable, setTable] = useState(false);
  const words = useMetricWords(null);
  const { dayName, hoursName, hourName } = useHourWords();
  if (query.data === undefined) return <BlockWaiting query={query} className="min-h-84" />;
  const cells = new Map((query.data ?? []).map((cell) => [`${cell.weekday}-${cell.hours}`, cell]));
  const known = [...cells.values()].filter(({ sent }) => sent >= leastInCell);
  const rates = known.map(rateOf);
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  const best = known.toSorted((a, b) => rateOf(b) - rateOf(a))[0];
  const cellWords = (cell: HourCell | undefined, weekday: number, hours: number) =>
    cell && cell.sent >= leastInCell
      ? t("cell", {
          when: hoursName(weekday, hours, "long"),
          share: words.share(rateOf(cell)),
          x: words.count(cell.acted),
          n: words.count(cell.sent),
        })
      : t("cellFew", { when: hoursName(weekday, hours, "long"), count: words.count(cell?.sent ?? 0) });
  return (
    <Block
      title={t("hoursTitle")}
      description={t("hoursAbout")}
      file={{ block: "hours", filter }}
      table={{ isShown: isTable, onChange: setTable }}
    >
      {query.data === null ? (
        <p className="px-4 pb-4 text-secondary text-sm">{t("hoursNotTold")}</p>
      ) : isTable ? (
        <ScrollArea as="div" className="max-h-72 overflow-y-auto px-4 pb-3" aria-label={t("hoursTitle")}>
          <CountTable
            caption={t("hoursTitle")}
            head={[t("hour"), t("acted"), t("countsHead")]}
            rows={query.data.map((cell) => ({
              id: `${cell.weekday}-${cell.hours}`,
              cells: [
                hoursName(cell.weekday, cell.hours, "short"),
                cell.sent >= leastInCell ? words.share(rateOf(cell)) : t("none"),
                t("xOfN", { x: words.count(cell.acted), n: words.count(cell.sent) }),
              ],
            }))}
          />
        </ScrollArea>
      ) : (
        <div className="px-4 pb-3">
          <HeatMap
            label={t("hoursTitle")}
            columnWords={pairs.map((pair) => (pair % 3 === 0 ? hourName(pair * 2) : null))}
            rows={weekdays.map((weekday) => ({
              name: dayName(weekday, "short"),
              cells: pairs.map((hours) => {
                const cell = cells.get(`${weekday}-${hours}`);
                const isKnown = cell !== undefined && cell.sent >= leastInCell;
                return {
                  id: `${weekday}-${hours}`,
                  strength: isKnown ? (high > low ? (rateOf(cell) - low) / (high - low) : 0.5) : null,
                  words: cellWords(cell, weekday, hours),
                  isBest: cell !== undefined && cell === best,
                };
              }),
            }))}
            onOpen={({ id }) => {
              const [weekday = 1, hours = 0] = id.split("-").map(Number);
              onOpen({ measure: "acted", weekday, hours, name: hoursName(weekday, hours, "long") });
            }}
          />
          <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-secondary text-xs">
            {known.length > 0 ? (
              <span className="flex items-center gap-1.5">
                <span
                  aria-hidden
                  className="h-2.5 w-12 rounded-xs"
                  style={{ background: `linear-gradient(90deg, ${shade(0)}, ${shade(1)})` }}
                />
                <span className="tabular">{t("fromTo", { low: words.share(low), high: words.share(high) })}</span>
              </span>
            ) : null}
            <span className="flex items-center gap-1.5">
              <span aria-hidden className="hatched size-2.5 rounded-xs" />
              {t("tooFew")}
            </span>
          </p>
          {best ? (
            <p className="mt-1 font-medium text-xs">
              {t("bestHours", { when: hoursName(best.weekday, best.hours, "short"), share: words.share(rateOf(best)) })}
            </p>
          ) : null}
        </div>
      )}
    </Block>
  );
}

const rateOf = ({ acted, sent }: HourCell): number => acted / sent;

/** Weekdays and hours as the reader's language has them. */
function useHourWords() {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  // 2 November 2026 is a Monday.
  const dayName = (weekday: number, length: "short" | "long") =>
    format.dateTime(new Date(Date.UTC(2026, 10, 1 + weekday)), { weekday: length, timeZone: "UTC" });
  const hourName = (hour: number) => t("hourName", { hour: String(hour) });
  const hoursName = (weekday: number, hours: number, length: "short" | "long") =>
    t("hoursName", { day: dayName(weekday, length), from: String(hours * 2), until: String(hours * 2 + 2) });
  return { dayName, hourName, hoursName };
}
