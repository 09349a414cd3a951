"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useMetricWords } from "#components/message-figures/use-metric-words.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { CourseLine } from "#components/ui/course-line.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { TableHead, TableHeadCell } from "#components/ui/table.tsx";
import type { BreakdownRow } from "#server/dashboard/read-breakdown.ts";
import { Block, BlockWaiting } from "./block.tsx";
import { changeTone } from "./change-tone.ts";
import { isTooYoung } from "./ripeness.ts";
import { useBreakdownName } from "./use-breakdown-name.ts";
import { type By, breakdownsFor, type Filter } from "./use-dashboard-filter.ts";

type BreakdownBlockProps = {
  filter: Filter;
  today: string;
  currency: string | null;
  by: By;
  onBy: (by: By) => void;
  /** Filters the whole page by a row. */
  onChoose: (id: string) => void;
};

const firstRows = 6;
/** Of fewer messages a rate is mostly chance: they come last, however good it looks. */
const leastSent = 100;
const isTelling = ({ sums }: BreakdownRow): boolean => sums.sent >= leastSent;

/** The same numbers by flow, or by step and version within one, by template, language, country or number: those that convert best first. */
export function BreakdownBlock({ filter, today, currency, by, onBy, onChoose }: BreakdownBlockProps) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const [isWhole, setWhole] = useState(false);
  const query = useQuery(trpc.dashboard.breakdown.queryOptions({ ...filter, by }));
  const rows = query.data?.toSorted(
    (a, b) => Number(isTelling(b)) - Number(isTelling(a)) || (b.conversion.value ?? -1) - (a.conversion.value ?? -1),
  );
  const title = t("breakdownTitle");
  return (
    <Block
      title={title}
      file={{ block: by, filter }}
      aside={
        <Segmented
          aria-label={title}
          isDense
          className="max-w-full overflow-x-auto"
          value={by}
          onValueChange={onBy}
          options={breakdownsFor(filter.flowId !== undefined).map((value) => ({ value, label: t(`by.${value}`) }))}
        />
      }
    >
      {rows ? (
        <ScrollArea as="div" aria-label={title} className="overflow-x-auto rounded-b-lg border-border border-t">
          <table className="w-full border-collapse text-left text-sm">
            <caption className="sr-only">{title}</caption>
            <TableHead>
              <tr className="border-border border-b">
                <TableHeadCell className="h-[34px] pr-3 pl-4 text-xs">{t(`by.${by}`)}</TableHeadCell>
                {(["sent", "converted", "changeHead", "course", "cost"] as const).map((head) => (
                  <TableHeadCell key={head} isNumber={head !== "course"} className="h-[34px] px-2.5 text-xs last:pr-4">
                    {t(`heads.${head}`)}
                  </TableHeadCell>
                ))}
              </tr>
            </TableHead>
            <tbody>
              {(isWhole ? rows : rows.slice(0, firstRows)).map((row) => (
                <Row
                  key={row.id ?? ""}
                  row={row}
                  by={by}
                  currency={currency}
                  isCompared={!isTooYoung(filter, today, "conversion")}
                  onChoose={onChoose}
                />
              ))}
            </tbody>
          </table>
          {rows.length === 0 ? <p className="px-4 py-8 text-center text-secondary text-sm">{t("noRows")}</p> : null}
        </ScrollArea>
      ) : (
        <BlockWaiting query={query} className="m-4 h-60 w-auto" />
      )}
      {rows && rows.length > firstRows ? (
        <div className="border-border border-t px-4 py-2">
          <Button variant="quiet" size="dense" onClick={() => setWhole(!isWhole)}>
            {isWhole ? t("showFewer") : t("showAll", { count: rows.length })}
          </Button>
        </div>
      ) : null}
    </Block>
  );
}

type RowProps = {
  row: BreakdownRow;
  by: By;
  currency: string | null;
  isCompared: boolean;
  onChoose: (id: string) => void;
};

function Row({ row, by, currency, isCompared, onChoose }: RowProps) {
  const t = useTranslations("dashboard");
  const words = useMetricWords(currency);
  const nameOf = useBreakdownName();
  const { id, sums, conversion, cost, course } = row;
  const name = nameOf(by, row);
  const half = conversion.range ? ((conversion.range[1] - conversion.range[0]) / 2) * 100 : null;
  const change = isCompared ? words.change(conversion) : null;
  return (
    <tr className="h-[45px] border-border border-b last:border-b-0 hover:bg-hover">
      {/* What room the numbers leave: a long name is cut, and the last number never. */}
      <th scope="row" className="w-full min-w-28 max-w-0 py-1 pr-2 pl-4 font-medium">
        {id === null ? (
          <span className="text-secondary">{name}</span>
        ) : (
          <button
            type="button"
            onClick={() => onChoose(id)}
            title={name}
            className="block min-h-6 max-w-full truncate rounded-xs text-left hover:underline"
          >
            {name}
          </button>
        )}
      </th>
      <td className="tabular px-2.5 text-right">{words.count(sums.sent)}</td>
      <td className="tabular whitespace-nowrap px-2.5 text-right">
        <span className="block font-semibold leading-4">{words.headline(conversion)}</span>
        {half === null ? null : (
          <span className="block text-secondary text-xs leading-4">{t("plusMinus", { value: words.digit(half) })}</span>
        )}
      </td>
      <td
        className={cn(
          "tabular whitespace-nowrap px-2.5 text-right",
          changeTone((change && conversion.change?.isGood) ?? null),
        )}
      >
        {change ? change.amount : t("none")}
        {change && !conversion.change?.isClear ? <span className="sr-only">, {t("noClearChange")}</span> : null}
      </td>
      <td className="px-2.5">
        <CourseLine values={course} label={t("courseOf", { name })} className="text-accent" />
      </td>
      <td className="tabular whitespace-nowrap py-1 pr-4 pl-2.5 text-right">{words.costHeadline(cost, sums)}</td>
    </tr>
  );
}
