import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { flow, flowVersion, scheduledPublish, user } from "#db/schema/index.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { countHeldByFlow } from "./flow-figures.ts";

export const GetFlow = z.strictObject({ flowId: z.uuid() });

/** All that the editor opens with: the draft, the running version, who changed the draft last, and when it goes live by itself. */
export async function getFlow({ db, session }: Actor, { flowId }: z.infer<typeof GetFlow>) {
  const [row] = await db
    .select({
      id: flow.id,
      name: flow.name,
      status: flow.status,
      revision: flow.revision,
      draft: flow.draft,
      updatedAt: flow.updatedAt,
      updatedBy: nameOf(flow.updatedBy),
      version: { id: flowVersion.id, number: flowVersion.number, graph: flowVersion.graph },
    })
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .leftJoin(user, isPerson(flow.updatedBy))
    .where(and(eq(flow.id, flowId), eq(flow.workspaceId, session.workspaceId)));
  if (!row)
    throw new DomainError("not-found", "This flow does not exist in your workspace. Go back to the list of flows.");
  const [scheduled] = await db
    .select({ at: scheduledPublish.at, plan: scheduledPublish.plan })
    .from(scheduledPublish)
    .where(and(eq(scheduledPublish.flowId, flowId), eq(scheduledPublish.state, "waiting")));
  return {
    ...row,
    scheduled: scheduled ?? null,
    heldFor: (await countHeldByFlow(db, session.workspaceId)).get(flowId) ?? [],
  };
}
