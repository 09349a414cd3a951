import { customMetric, experiment } from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import { experimentsOf } from "#flow/experiment.ts";
import { usualPlan } from "#flow/experiment-plan.ts";
import type { BankFlow } from "#server/demo/world/flows.ts";
import { customPrefix } from "#server/experiments/read-metrics.ts";
import { fixedId } from "../fixed-id.ts";
import { insertAll } from "../insert-all.ts";
import type { Seed } from "../seed.ts";

/** A week: so that most of four weeks' people have had it. */
const windowHours = 168;
const days = 21;

/** What the bank wants to learn from a flow, before it goes live: a flow without a goal is measured by a number of the bank's own. */
export async function seedPlans(
  { tx, workspaceId, makerId }: Seed,
  { graph, experiments }: BankFlow,
  { flowId, at }: { flowId: string; at: Date },
): Promise<void> {
  const metricId = fixedId(`world-metric:${workspaceId}`);
  const found = experimentsOf(compile(graph));
  const planned = experiments.flatMap(({ key, measure, ...wished }) => {
    const one = found.find((each) => each.key === key);
    const metric = measure === "conversion" ? "conversion" : `${customPrefix}${metricId}`;
    return one ? [{ ...one, plan: { ...usualPlan({ metric, windowHours }, one.kind), ...wished, days } }] : [];
  });
  if (experiments.some(({ measure }) => measure === "statement-questions"))
    await insertAll(tx, customMetric, [
      {
        ...{
          id: metricId,
          workspaceId,
          name: "Statement questions",
          event: "question.asked",
          measure: "count" as const,
        },
        ...{ rule: { path: "event.topic", op: "eq" as const, value: "statement" }, path: null, isLowerBetter: true },
        ...{ windowHours, createdBy: makerId, createdAt: at },
      },
    ]);
  await insertAll(
    tx,
    experiment,
    planned.map((one) => ({
      ...{ ...one, id: fixedId(`world-experiment:${workspaceId}:${one.key}`), workspaceId, flowId },
      ...{ title: "", state: "draft" as const, createdAt: at, updatedAt: at },
    })),
  );
}
