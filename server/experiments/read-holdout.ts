import { and, eq, ne } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { experiment } from "#db/schema/index.ts";
import { heldOutArm, treatedArm } from "#flow/experiment.ts";
import type { ExperimentRow } from "./find-experiment.ts";
import { armOf, readMoments } from "./moments/read-moments.ts";
import { readSpend } from "./moments/read-spend.ts";
import { maturedCohort } from "./read-facts.ts";
import { costPerIncremental, holdoutIncremental } from "./statistics/holdout.ts";

const conversion = { source: "conversion", kind: "rate", windowHours: 168 } as const;

/**
 * What the flow brings against getting nothing, by its holdout: the experiment itself, or the one beside it. A fixed 95 % interval, as
 * a holdout is read once in a while. `spend` and `cost` in millionths. Null: the flow has none.
 */
export async function readHoldout(
  db: Queryable,
  row: ExperimentRow,
  { timezone, now }: { timezone: string; now: Date },
) {
  const held = row.kind === "holdout" ? row : await holdoutOf(db, row.flowId);
  if (!held) return null;
  const { windowHours } = conversion;
  const cohort = maturedCohort(held, { timezone, now, windowHours });
  const rows = await readMoments(db, cohort, conversion);
  const [treated, kept] = [armOf(rows, "rate", treatedArm), armOf(rows, "rate", heldOutArm)];
  const spend = await readSpend(db, cohort, { arm: treatedArm, windowHours });
  const counts = { xT: sumOf(treated), nT: treated.n, xH: sumOf(kept), nH: kept.n, alpha: 0.05 };
  const { incremental, ci, lift } = holdoutIncremental(counts);
  const priced = spend ? costPerIncremental({ ...counts, spend: spend.amountMicros }) : unpriced;
  return {
    experimentId: held.id,
    percent: held.arms.find(({ id }) => id === heldOutArm)?.weight ?? 0,
    treated: { people: counts.nT, converted: counts.xT },
    heldOut: { people: counts.nH, converted: counts.xH },
    ...{ incremental, ci, lift, spend },
    cost: priced.cost,
    costCi: priced.ci,
  };
}

const unpriced: ReturnType<typeof costPerIncremental> = { cost: null, ci: [null, null] };

const sumOf = (arm: ReturnType<typeof armOf>): number => (arm.type === "proportion" ? arm.sum : 0);

async function holdoutOf(db: Queryable, flowId: string): Promise<ExperimentRow | null> {
  const [row] = await db
    .select()
    .from(experiment)
    .where(and(eq(experiment.flowId, flowId), eq(experiment.kind, "holdout"), ne(experiment.state, "draft")))
    .limit(1);
  return row ?? null;
}
