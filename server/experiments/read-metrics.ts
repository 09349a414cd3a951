import { and, eq, inArray } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { customMetric } from "#db/schema/index.ts";
import { metrics } from "#flow/metric.ts";
import { type CustomMetricRow, isMeasurable, type Measurable, type MetricSource } from "./moments/outcome-sql.ts";
import type { MomentKind } from "./moments/read-moments.ts";

/** A metric as an experiment reads it. `name`: what the workspace calls one of its own; null: the screen has words for it. */
export type ReadMetric = {
  id: string;
  name: string | null;
  kind: MomentKind;
  better: "higher" | "lower" | "neither";
  /** Millionths of a currency. */
  isMoney: boolean;
  /** Of money that is in another currency than what the messages cost; null: in the same. */
  currency: string | null;
  source: MetricSource;
};

export const customPrefix = "custom:";

/** The metrics behind these ids; an id that is none, or another workspace's, is left out. */
export async function readMetrics(
  db: Queryable,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadMetric>> {
  const found = new Map<string, ReadMetric>();
  for (const id of ids) if (isMeasurable(id)) found.set(id, builtIn(id));
  const own = ids.flatMap((id) => (id.startsWith(customPrefix) ? [id.slice(customPrefix.length)] : []));
  if (own.length === 0) return found;
  const rows = await db
    .select()
    .from(customMetric)
    .where(and(eq(customMetric.workspaceId, workspaceId), inArray(customMetric.id, own)));
  for (const row of rows) found.set(`${customPrefix}${row.id}`, ownMetric(row));
  return found;
}

function builtIn(id: Measurable): ReadMetric {
  const { kind, better } = metrics[id];
  const isRatio = id === "csat" || kind === "ratio";
  return {
    id,
    name: null,
    kind: isRatio ? "ratio" : kind === "rate" ? "rate" : "mean",
    better,
    isMoney: id === "value" || id === "cost" || id === "cost-per-conversion",
    currency: null,
    source: id,
  };
}

const ownMetric = (row: CustomMetricRow): ReadMetric => ({
  id: `${customPrefix}${row.id}`,
  name: row.name,
  kind: row.measure === "happened" ? "rate" : "mean",
  better: row.isLowerBetter ? "lower" : "higher",
  isMoney: false,
  currency: null,
  source: row,
});
