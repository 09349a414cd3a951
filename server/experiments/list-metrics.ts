import { and, asc, eq, isNull } from "drizzle-orm";
import { customMetric } from "#db/schema/index.ts";
import { metrics } from "#flow/metric.ts";
import type { Actor } from "#server/trpc.ts";
import { measurable } from "./moments/outcome-sql.ts";
import { customPrefix } from "./read-metrics.ts";

const usualHours = 168;

/** What an experiment can be measured by: the product's metrics and the workspace's own, with their usual windows. */
export async function listMetrics(actor: Actor) {
  const own = await actor.db
    .select()
    .from(customMetric)
    .where(and(eq(customMetric.workspaceId, actor.session.workspaceId), isNull(customMetric.archivedAt)))
    .orderBy(asc(customMetric.name));
  return [
    ...measurable.map((id) => {
      const { role, better, windowHours } = metrics[id];
      return { id, name: null, role, better, windowHours: windowHours ?? usualHours, custom: null };
    }),
    ...own.map(({ id, name, isLowerBetter, windowHours, event, rule, measure, path }) => ({
      id: `${customPrefix}${id}`,
      name,
      role: "primary" as const,
      better: isLowerBetter ? ("lower" as const) : ("higher" as const),
      windowHours,
      custom: { event, rule, measure, path },
    })),
  ];
}
