import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { measures, metricIds } from "#flow/metric.ts";
import type { Actor } from "#server/trpc.ts";
import { DashboardFilter } from "./dashboard-filter.ts";
import { breakdowns, readBreakdown } from "./read-breakdown.ts";
import { readCourse } from "./read-course.ts";
import { readDays } from "./read-days.ts";
import { readHours } from "./read-hours.ts";
import { readReasons } from "./read-reasons.ts";

/** The blocks of the screen that can be taken as a file. */
const blocks = ["metrics", "days", ...breakdowns, "reasons", "hours"] as const;

export const ExportBlock = DashboardFilter.safeExtend({ block: z.enum(blocks) });

type Cell = string | number | null;

/** One block as CSV: the counts themselves beside what they come to, so that anybody can check it. Money is in millionths. */
export async function exportBlock(
  actor: Actor,
  { block, ...filter }: z.output<typeof ExportBlock>,
): Promise<{ text: string }> {
  const rows = await rowsOf(actor, block, filter);
  // A cell that begins like a formula is not run by a spreadsheet.
  return { text: stringify(rows, { header: true, escape_formulas: true, bom: true }) };
}

async function rowsOf(
  actor: Actor,
  block: (typeof blocks)[number],
  filter: DashboardFilter,
): Promise<Record<string, Cell>[]> {
  switch (block) {
    case "metrics": {
      const { metrics } = await readCourse(actor, filter);
      return metricIds.map((id) => {
        const { numerator, denominator, value, range, change } = metrics[id];
        const [low, high] = range ?? [null, null];
        const [changeLow, changeHigh] = change?.range ?? [null, null];
        return {
          metric: id,
          numerator,
          denominator,
          value,
          low,
          high,
          change: change?.amount ?? null,
          changeLow,
          changeHigh,
        };
      });
    }
    case "days":
      return (await readDays(actor, filter)).days.map((row) => ({ ...row }));
    case "reasons":
      return (await readReasons(actor, filter)).reasons.map((row) => ({ ...row }));
    case "hours":
      return (await readHours(actor, filter)) ?? [];
    default:
      return (await readBreakdown(actor, { ...filter, by: block })).map(({ id, name, sums, conversion }) => ({
        [block]: name ?? id,
        ...Object.fromEntries(measures.map((measure) => [measure, sums[measure]])),
        costMicros: sums.costMicros,
        conversion: conversion.value,
        low: conversion.range?.[0] ?? null,
        high: conversion.range?.[1] ?? null,
      }));
  }
}
