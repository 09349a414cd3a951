import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { validate as isUuid } from "uuid";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { experiment, experimentLog, flow, flowVersion, user } from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import { experimentsOf } from "#flow/experiment.ts";
import { readWithin } from "#server/flows/live/read-within.ts";
import type { Actor } from "#server/trpc.ts";
import { endedWithStep } from "./ended-with-step.ts";
import { type ExperimentRow, findExperiment } from "./find-experiment.ts";
import { checkBalance } from "./judge/check-balance.ts";
import { courseOf } from "./judge/course.ts";
import { judgeExperiment } from "./judge/judge-experiment.ts";
import type { Cohort } from "./moments/cohort.ts";
import { currencySql } from "./moments/outcome-sql.ts";
import { readCohorts } from "./moments/read-cohorts.ts";
import { readFunnel, readTroubles } from "./moments/read-funnel.ts";
import { type ExperimentFacts, maturedCohort, readFacts } from "./read-facts.ts";
import { readHoldout } from "./read-holdout.ts";
import { readNumberShares } from "./read-number-shares.ts";

/** Half a million people are counted one by one: longer than a screen of figures takes, and asked for once a minute at most. */
const patienceMs = 20_000;

export const ReadExperiment = z.strictObject({ experimentId: z.uuid() });

/**
 * One experiment with all that its page shows: the verdict and what it rests on, counted from the rows as they are at this moment. All
 * rates are over everybody assigned who has had their full window.
 */
export async function readExperiment(actor: Actor, { experimentId }: z.infer<typeof ReadExperiment>) {
  const { workspaceId } = actor.session;
  const now = actor.clock.now();
  return readWithin(
    actor,
    async (tx) => {
      const row = await findExperiment(tx, workspaceId, experimentId);
      const place = await readPlace(tx, row);
      const log = await readLog(tx, row.id);
      const { plan, arms, state, kind, key, nodeId, title, startedAt, endedAt, consentAt, winner } = row;
      const names = await readNames(tx, [row.startedBy, row.consentBy, ...log.map(({ actor: by }) => by)]);
      const base = {
        ...{ id: row.id, asOf: now, plan, arms, state, kind, key, nodeId, title },
        ...{ startedAt, endedAt, consentAt, winner },
        ...place,
        startedBy: nameIn(names, row.startedBy),
        consentBy: nameIn(names, row.consentBy),
        log: log.map(({ actor: by, ...line }) => ({ ...line, actor: nameIn(names, by) })),
      };
      if (row.state === "draft") return { ...base, result: null };
      return { ...base, result: await readResult(tx, row, now) };
    },
    patienceMs,
  );
}

async function readResult(tx: Queryable, row: ExperimentRow, now: Date) {
  const facts = await readFacts(tx, row, { now, hasBefore: true });
  const { verdict, metrics, unhealthy } = judgeExperiment(facts);
  const [primary] = facts.measured;
  const { timezone, shares, strays, assigned, days, counts, weights } = facts;
  const windowHours = primary?.windowHours ?? row.plan.primary.windowHours;
  const cohort = maturedCohort(row, { timezone, now, windowHours });
  const source = primary?.metric.source ?? "conversion";
  return {
    ...{ verdict, metrics, unhealthy, shares, strays, assigned, days },
    balance: checkBalance(facts),
    numbers: await readNumberShares(tx, row, { cohort, weights }),
    currency: await readCurrency(tx, cohort),
    course: courseOf(facts),
    /** People by day of assignment: how fast they come. */
    arrivals: arrivalsOf(counts),
    funnel: await readFunnel(tx, cohort, { source, windowHours }),
    troubles: await readTroubles(tx, cohort, windowHours),
    cohorts: primary?.metric.kind === "rate" ? await readCohorts(tx, cohort, { source, windowHours, now }) : [],
    holdout: await readHoldout(tx, row, { timezone, now }),
    weights: weights.flatMap(({ validFrom, weights: shares, chances, source: by }) =>
      by === "bandit" ? [{ validFrom, weights: shares, chances }] : [],
    ),
  };
}

/** In which its messages are charged; the workspace's where none is. */
async function readCurrency(tx: Queryable, cohort: Cohort): Promise<string> {
  const { rows } = await tx.execute<{ currency: string }>(sql`
    select coalesce(${currencySql(cohort)}, (select currency from workspace where id = ${cohort.workspaceId})) as currency`);
  return rows[0]?.currency ?? "USD";
}

function arrivalsOf(counts: ExperimentFacts["counts"]): { day: string; n: number }[] {
  const byDay = Map.groupBy(counts, ({ day }) => day);
  return [...byDay]
    .map(([day, rows]) => ({ day, n: rows.reduce((sum, { n }) => sum + n, 0) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

async function readPlace(tx: Queryable, { id, flowId, key }: ExperimentRow) {
  const [place] = await tx
    .select({ name: flow.name, version: flowVersion.number, graph: flowVersion.graph, endedWithStep })
    .from(experiment)
    .innerJoin(flow, eq(flow.id, experiment.flowId))
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(eq(experiment.id, id));
  const drawn = place?.graph ? experimentsOf(compile(place.graph)) : [];
  return {
    flow: { id: flowId, name: place?.name ?? "", version: place?.version ?? null },
    /** Whether the running version still sends people its ways. */
    isDrawn: drawn.some((one) => one.key === key),
    endedWithStep: place?.endedWithStep ?? false,
  };
}

/** The newest last, so that it reads as it went. */
const readLog = (tx: Queryable, experimentId: string) =>
  tx
    .select({
      id: experimentLog.id,
      at: experimentLog.at,
      kind: experimentLog.kind,
      actor: experimentLog.actor,
      detail: experimentLog.detail,
    })
    .from(experimentLog)
    .where(eq(experimentLog.experimentId, experimentId))
    .orderBy(desc(experimentLog.at), asc(experimentLog.id))
    .limit(200);

async function readNames(tx: Queryable, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.flatMap((id) => (id === null || !isUuid(id) ? [] : [id])))];
  if (known.length === 0) return new Map();
  const rows = await tx.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, known));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** "api" stays what it is: the screen has words for it. */
const nameIn = (names: ReadonlyMap<string, string>, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? (isUuid(id) ? null : id));
