import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { experiment } from "#db/schema/index.ts";
import { ExperimentPlan } from "#flow/experiment-plan.ts";
import { findFlow } from "#server/flows/find-flow.ts";
import { readWithin } from "#server/flows/live/read-within.ts";
import type { Actor } from "#server/trpc.ts";
import { readEligible } from "./read-eligible.ts";
import { criticalZ } from "./statistics/distributions.ts";
import { plannedDays, sampleSizeProportion, smallestEffect } from "./statistics/power.ts";
import { seqHalfwidth } from "./statistics/sequential.ts";

const { baseRate, lift, alpha, power, method } = ExperimentPlan.shape;

export const EstimateSize = z.strictObject({
  flowId: z.uuid(),
  /** The share of the smallest arm, which decides how long it takes: 0.5 of two halves. */
  smallest: z.number().gt(0).max(1),
  ...{ baseRate, lift, alpha, power, method },
});
type Wish = Omit<z.infer<typeof EstimateSize>, "flowId" | "smallest">;

/** Weeks for which the smallest effect is told. */
const weeksTold = [1, 2, 4, 6, 8, 12] as const;
const mostDays = 365;

/**
 * How many people an experiment needs and how long it takes with those who come, counted from real events; and what smaller or longer ones
 * would find. `people` of all arms together; null: more than there are. Rates as shares, lifts relative.
 */
export async function estimateSize(actor: Actor, { flowId, smallest, ...wish }: z.infer<typeof EstimateSize>) {
  const { workspaceId } = actor.session;
  return readWithin(actor, async (tx) => {
    const stored = await findFlow(tx, workspaceId, flowId);
    const now = actor.clock.now();
    const eligible = await readEligible(tx, { workspaceId, flowId, graph: stored.draft, now });
    const seen = await readSeenRate(tx, flowId);
    return { ...eligible, ...sizeOf(wish, { smallest, weeklyPeople: eligible.weeklyPeople }), seen };
  });
}

/** Pure. */
export function sizeOf(wish: Wish, { smallest, weeklyPeople }: { smallest: number; weeklyPeople: number }) {
  const perArm = perArmOf(wish);
  const people = perArm === null || !(smallest > 0) ? null : Math.ceil(perArm / smallest);
  const days = people === null ? null : plannedDays({ perArm: people, arms: 1, weeklyPeople });
  return {
    perArm: perArm === null ? null : Math.ceil(perArm),
    people,
    days: days !== null && days <= mostDays ? days : null,
    byWeek: weeksTold.map((weeks) => ({ weeks, lift: liftAfter(wish, weeks * weeklyPeople * smallest) })),
  };
}

/** Looking every day asks for a wider interval and so for more people. */
function perArmOf({ baseRate: p, lift: relative, alpha: level, power: chance, method: how }: Wish): number | null {
  const once = sampleSizeProportion({ p, mde: p * relative, alpha: level, power: chance });
  if (once === null || how === "fixed") return once;
  const wider = seqHalfwidth({ se: 1, n: 2 * once, alpha: level, nStar: 2 * once }) / criticalZ(level);
  return once * wider ** 2;
}

function liftAfter({ baseRate: p, alpha: level, power: chance, method: how }: Wish, perArm: number): number | null {
  const often = how === "fixed" ? {} : { nStar: Math.max(1, 2 * perArm) };
  const effect = smallestEffect({ p, n: perArm, alpha: level, power: chance, ...often });
  return effect === null ? null : effect / p;
}

/** What an earlier experiment of the flow saw of its baseline: a better guess than any. Null: there was none. */
async function readSeenRate(db: Queryable, flowId: string): Promise<number | null> {
  const rows = await db
    .select({ verdict: experiment.verdict, readAt: experiment.readAt })
    .from(experiment)
    .where(eq(experiment.flowId, flowId));
  const [newest] = rows.toSorted((a, b) => (b.readAt?.getTime() ?? 0) - (a.readAt?.getTime() ?? 0));
  return newest?.verdict?.rates?.[0] ?? null;
}
