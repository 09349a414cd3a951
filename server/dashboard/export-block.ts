import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { type MetricId, measures, metricIds, metrics } from "#flow/metric.ts";
import type { Actor } from "#server/trpc.ts";
import { DashboardFilter } from "./dashboard-filter.ts";
import { breakdowns, namesItsFlow, readGroups } from "./read-breakdown.ts";
import { readCourse } from "./read-course.ts";
import { readDays } from "./read-days.ts";
import { readHours } from "./read-hours.ts";
import { readReasons } from "./read-reasons.ts";
import type { Sums } from "./sums.ts";

/** The blocks of the screen that can be taken as a file. */
const blocks = ["metrics", "days", ...breakdowns, "reasons", "hours"] as const;

export const ExportBlock = DashboardFilter.safeExtend({ block: z.enum(blocks) }).refine(
  ({ block, flowId }) => namesItsFlow({ by: block, flowId }),
  { error: "Steps and versions are told apart within one flow", path: ["block"] },
);

type Cell = string | number | null;
type Line = Record<string, Cell>;

const microsPerUnit = 1_000_000;

/**
 * One block as CSV: the counts themselves beside what they come to, so that anybody can check it. Money is in units of the currency that
 * stands beside it. Columns are named as in the API, whoever takes the file; numbers are written as the spreadsheets of the person's
 * language read them: 0.25 between commas, 0,25 between semicolons in French.
 */
export async function exportBlock(
  actor: Actor,
  { block, ...filter }: z.output<typeof ExportBlock>,
): Promise<{ text: string }> {
  const rows = await linesOf(actor, block, filter);
  const isFrench = actor.session.language === "fr";
  const number = (value: number) => (isFrench ? String(value).replace(".", ",") : String(value));
  return {
    text: stringify(rows, {
      ...{ header: true, bom: true, delimiter: isFrench ? ";" : ",", cast: { number } },
      // A cell that begins like a formula is not run by a spreadsheet.
      escape_formulas: true,
    }),
  };
}

async function linesOf(actor: Actor, block: (typeof blocks)[number], filter: DashboardFilter): Promise<Line[]> {
  switch (block) {
    case "metrics": {
      const { metrics: judged, currency, valueCurrency } = await readCourse(actor, filter);
      return metricIds.map((id) => {
        const { numerator, denominator, value, range, change } = judged[id];
        const unit = unitOf(id, { currency, valueCurrency });
        const inUnits = (amount: number | null) => (amount === null || unit.each === 1 ? amount : amount / unit.each);
        return {
          metric: id,
          numerator: inUnits(numerator),
          denominator,
          value: inUnits(value),
          unit: unit.name,
          low: inUnits(range?.[0] ?? null),
          high: inUnits(range?.[1] ?? null),
          change: change?.amount ?? null,
          changeLow: change?.range?.[0] ?? null,
          changeHigh: change?.range?.[1] ?? null,
        };
      });
    }
    case "days": {
      const { days, currencies } = await readDays(actor, filter);
      const told = { currency: currencies.cost[0] ?? null, valueCurrency: currencies.value[0] ?? null };
      return days.map(({ day, ...sums }) => ({ day, ...cellsOf(sums, told) }));
    }
    case "reasons":
      return (await readReasons(actor, filter)).reasons.map((row) => ({ ...row }));
    case "hours":
      return (await readHours(actor, filter)) ?? [];
    default: {
      const { rows, ...told } = await readGroups(actor, { ...filter, by: block });
      return rows.map(({ id, name, nodeType, sums, conversion }) => ({
        [block]: name ?? nodeType ?? id,
        id,
        ...cellsOf(sums, told),
        conversion: conversion.value,
        low: conversion.range?.[0] ?? null,
        high: conversion.range?.[1] ?? null,
      }));
    }
  }
}

type Told = { currency: string | null; valueCurrency: string | null };

const cellsOf = (sums: Sums, { currency, valueCurrency }: Told): Line => ({
  ...Object.fromEntries(measures.map((measure) => [measure, sums[measure]])),
  cost: sums.costMicros / microsPerUnit,
  costCurrency: currency,
  value: sums.valueMicros / microsPerUnit,
  valueCurrency,
});

/** What a metric's numbers are told in. */
function unitOf(id: MetricId, { currency, valueCurrency }: Told): { name: string | null; each: number } {
  if (metrics[id].kind === "rate") return { name: "share", each: 1 };
  return { name: metrics[id].numerator === "value" ? valueCurrency : currency, each: microsPerUnit };
}
