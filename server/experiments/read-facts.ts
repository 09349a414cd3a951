import { asc, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experimentWeights, workspace } from "#db/schema/index.ts";
import type { ExperimentRow } from "./find-experiment.ts";
import { type ArmCount, checkShares } from "./judge/check-shares.ts";
import type { Facts } from "./judge/judge-experiment.ts";
import type { Measured, MetricRole } from "./judge/metric-reading.ts";
import type { Cohort } from "./moments/cohort.ts";
import { valueCurrencySql } from "./moments/outcome-sql.ts";
import { readMoments } from "./moments/read-moments.ts";
import { type ReadMetric, readMetrics } from "./read-metrics.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type WeightsRow = typeof experimentWeights.$inferSelect;
export type ExperimentFacts = Facts & { counts: ArmCount[]; weights: WeightsRow[]; timezone: string };

/**
 * Everything a verdict is made of, from the rows themselves as they are now. `hasBefore`: also what people did in the days before they were
 * assigned, which no verdict asks.
 */
export async function readFacts(
  db: Queryable,
  row: ExperimentRow,
  { now, hasBefore = false }: { now: Date; hasBefore?: boolean },
): Promise<ExperimentFacts> {
  const timezone = await zoneOf(db, row.workspaceId);
  const weights = await readWeights(db, row.id);
  const counts = await readCounts(db, row, { weights, timezone });
  const startedAt = row.startedAt ?? now;
  const end = row.endedAt ?? now;
  return {
    plan: row.plan,
    arms: row.arms,
    measured: await readMeasured(db, row, { timezone, now, hasBefore }),
    counts,
    weights,
    timezone,
    shares: checkShares(counts, row.arms),
    strays: await countStrays(db, row.id),
    assigned: counts.reduce((sum, { n }) => sum + n, 0),
    days: Math.max(0, Math.floor((Math.min(end.getTime(), now.getTime()) - startedAt.getTime()) / dayMs)),
    isHoldout: row.kind === "holdout",
    chances: weights.flatMap(({ chances }) => (chances ? [chances] : [])),
  };
}

/** All weights that chance has drawn by, the first ones first. */
export const readWeights = (db: Queryable, experimentId: string): Promise<WeightsRow[]> =>
  db
    .select()
    .from(experimentWeights)
    .where(eq(experimentWeights.experimentId, experimentId))
    .orderBy(asc(experimentWeights.validFrom), asc(experimentWeights.id));

export async function zoneOf(db: Queryable, workspaceId: string): Promise<string> {
  const [row] = await db.select({ timezone: workspace.timezone }).from(workspace).where(eq(workspace.id, workspaceId));
  return row?.timezone ?? "UTC";
}

/** The people of an experiment who have had so many hours by now; all arms are cut alike. */
export const maturedCohort = (
  row: Pick<ExperimentRow, "id" | "flowId" | "workspaceId" | "startedAt">,
  { timezone, now, windowHours }: { timezone: string; now: Date; windowHours: number },
): Cohort => ({
  experimentId: row.id,
  flowId: row.flowId,
  workspaceId: row.workspaceId,
  since: row.startedAt ?? now,
  until: new Date(now.getTime() - windowHours * hourMs),
  timezone,
});

async function readMeasured(
  db: Queryable,
  row: ExperimentRow,
  { timezone, now, hasBefore }: { timezone: string; now: Date; hasBefore: boolean },
): Promise<Measured[]> {
  const chosen = choicesOf(row);
  const known = await readMetrics(
    db,
    row.workspaceId,
    chosen.map(({ metric }) => metric),
  );
  const measured: Measured[] = [];
  for (const { metric: id, ...choice } of chosen) {
    const metric = known.get(id);
    if (!metric) continue;
    const { windowHours } = choice;
    const cohort = maturedCohort(row, { timezone, now, windowHours });
    const rows = await readMoments(db, cohort, { ...asked(metric), windowHours, hasBefore });
    const currency = id === "value" ? await readValueCurrency(db, cohort, windowHours) : null;
    measured.push({ ...choice, metric: { ...metric, currency }, rows });
  }
  return measured;
}

async function readValueCurrency(db: Queryable, cohort: Cohort, windowHours: number): Promise<string | null> {
  const { rows } = await db.execute<{ currency: string | null }>(valueCurrencySql(cohort, windowHours));
  return rows[0]?.currency ?? null;
}

const asked = ({ source, kind }: ReadMetric) => ({ source, kind });

type Choice = { metric: string; role: MetricRole; windowHours: number; margin: number | null };

/** The hours within which a metric of the plan counts; of what is not in it those of the primary one. */
export const windowOf = ({ primary, secondary, guardrails }: ExperimentRow["plan"], metric: string | null): number =>
  [primary, ...secondary, ...guardrails].find((one) => one.metric === metric)?.windowHours ?? primary.windowHours;

/** What a plan looks at, each once and in the order in which it is read. */
export const plannedMetrics = (plan: ExperimentRow["plan"]): string[] => [
  ...new Set(choicesOf({ plan }).map(({ metric }) => metric)),
];

/** The primary one first, then what is exploratory, then the guardrails. */
function choicesOf({ plan }: Pick<ExperimentRow, "plan">): Choice[] {
  return [
    { ...plan.primary, role: "primary", margin: null },
    ...plan.secondary.map((one): Choice => ({ ...one, role: "secondary", margin: null })),
    ...plan.guardrails.map((one): Choice => ({ ...one, role: "guardrail" })),
  ];
}

type CountRow = DrawnBy & { arm: string; day: string; n: string };

async function readCounts(
  db: Queryable,
  { id, arms }: ExperimentRow,
  { weights, timezone }: { weights: readonly WeightsRow[]; timezone: string },
): Promise<ArmCount[]> {
  const { rows } = await db.execute<CountRow>(sql`
    select arm, (at at time zone ${timezone})::date::text as day, version_id, weights_id, count(*) as n
    from assignment where experiment_id = ${id} group by 1, 2, 3, 4 order by 1, 2`);
  const weigh = weightsBy(weights, arms);
  return rows.map(({ arm, day, n, ...drawnBy }) => ({ arm, day, n: Number(n), weights: weigh(drawnBy) }));
}

type DrawnBy = { version_id: string; weights_id: string | null };

/** By which weights chance drew: a bandit's where it had moved them, else those of the version. */
export function weightsBy(weights: readonly WeightsRow[], arms: ExperimentRow["arms"]) {
  const drawn = Object.fromEntries(arms.map(({ id: arm, weight }) => [arm, weight]));
  const byId = new Map(weights.map((one) => [one.id, one.weights]));
  const byVersion = new Map(weights.flatMap((one) => (one.versionId ? [[one.versionId, one.weights] as const] : [])));
  const first = weights[0]?.weights ?? drawn;
  return ({ version_id, weights_id }: DrawnBy): Readonly<Record<string, number>> =>
    (weights_id === null ? byVersion.get(version_id) : byId.get(weights_id)) ?? first;
}

async function countStrays(db: Queryable, experimentId: string): Promise<number> {
  const { rows } = await db.execute<{ n: string }>(
    sql`select count(distinct contact_id) as n from assignment_stray where experiment_id = ${experimentId}`,
  );
  return Number(rows[0]?.n ?? 0);
}
