import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { flowVersion, user } from "#db/schema/index.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "./find-flow.ts";

export const ListVersions = z.strictObject({ flowId: z.uuid() });

/** The published versions of a flow, newest first, without their graphs. */
export async function listVersions({ db, session }: Actor, { flowId }: z.infer<typeof ListVersions>) {
  const { versionId } = await findFlow(db, session.workspaceId, flowId);
  const rows = await db
    .select({
      id: flowVersion.id,
      number: flowVersion.number,
      hash: flowVersion.hash,
      triggerEvent: flowVersion.triggerEvent,
      publishedAt: flowVersion.publishedAt,
      publishedBy: nameOf(flowVersion.publishedBy),
    })
    .from(flowVersion)
    .leftJoin(user, isPerson(flowVersion.publishedBy))
    .where(and(eq(flowVersion.flowId, flowId), eq(flowVersion.workspaceId, session.workspaceId)))
    .orderBy(desc(flowVersion.number));
  return rows.map((row) => ({ ...row, isRunning: row.id === versionId }));
}
