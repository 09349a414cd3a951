import { desc, eq, sql } from "drizzle-orm";
import { assignment, experiment, flow } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

/** More than a workspace ever looks through at once. */
const most = 500;

/** The workspace's experiments, the newest change first, with the verdict of the newest reading. */
export async function listExperiments(actor: Actor) {
  // As of the newest reading, an hour ago at most: counting all of them each time would read every assignment of the workspace.
  const people = sql<number>`
    case when ${experiment.verdict} is null
      then (select count(*)::int from ${assignment} where ${assignment.experimentId} = ${experiment.id})
      else (${experiment.verdict}->>'people')::int end`;
  const rows = await actor.db
    .select({
      id: experiment.id,
      title: experiment.title,
      key: experiment.key,
      kind: experiment.kind,
      state: experiment.state,
      arms: experiment.arms,
      plan: experiment.plan,
      winner: experiment.winner,
      verdict: experiment.verdict,
      readAt: experiment.readAt,
      startedAt: experiment.startedAt,
      endedAt: experiment.endedAt,
      flowId: flow.id,
      flowName: flow.name,
      people,
    })
    .from(experiment)
    .innerJoin(flow, eq(flow.id, experiment.flowId))
    .where(eq(experiment.workspaceId, actor.session.workspaceId))
    .orderBy(desc(experiment.updatedAt), desc(experiment.id))
    .limit(most);
  return rows.map(({ plan, ...row }) => ({ ...row, method: plan.method, hypothesis: plan.hypothesis }));
}
