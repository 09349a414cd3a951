import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { approval, flowVersion, user } from "#db/schema/index.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "./find-flow.ts";

export const ListVersions = z.strictObject({ flowId: z.uuid() });

/** Versions of one screen. */
const mostVersions = 200;

/**
 * The newest 200 published versions of a flow, newest first, without their graphs: when each went live, by whose last approval, who had
 * asked for it and why. The last two are null for a version that a key or the demo published.
 */
export async function listVersions({ db, session }: Actor, { flowId }: z.infer<typeof ListVersions>) {
  const { versionId } = await findFlow(db, session.workspaceId, flowId);
  const asked = askedFor(db, flowId);
  const rows = await db
    .select({
      id: flowVersion.id,
      number: flowVersion.number,
      hash: flowVersion.hash,
      triggerEvent: flowVersion.triggerEvent,
      publishedAt: flowVersion.publishedAt,
      publishedBy: nameOf(flowVersion.publishedBy),
      askedBy: asked.askedBy,
      why: asked.why,
    })
    .from(flowVersion)
    .leftJoin(user, isPerson(flowVersion.publishedBy))
    .leftJoin(asked, eq(asked.hash, flowVersion.hash))
    .where(and(eq(flowVersion.flowId, flowId), eq(flowVersion.workspaceId, session.workspaceId)))
    .orderBy(desc(flowVersion.number))
    .limit(mostVersions);
  return rows.map((row) => ({ ...row, isRunning: row.id === versionId }));
}

/** The last approved request about each graph of the flow. */
const askedFor = (db: Actor["db"], flowId: string) =>
  db
    .selectDistinctOn([approval.hash], {
      hash: approval.hash,
      why: approval.why,
      askedBy:
        sql<string>`(select coalesce(p.name, ${approval.askedBy}) from (select 1) as one left join "user" p on p.id::text = ${approval.askedBy})`.as(
          "asked_by_name",
        ),
    })
    .from(approval)
    .where(and(eq(approval.subjectId, flowId), eq(approval.state, "approved")))
    .orderBy(approval.hash, desc(approval.askedAt))
    .as("asked");
