import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { segment } from "#db/schema/index.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import { readUsingFlows } from "./list-segments.ts";

export const GetSegment = z.strictObject({ segmentId: z.uuid() });

/** A segment with its rule and the flows that it starts. */
export async function getSegment({ db, session }: Actor, { segmentId }: z.output<typeof GetSegment>) {
  const [stored] = await db
    .select({
      id: segment.id,
      name: segment.name,
      rule: segment.rule,
      revision: segment.revision,
      updatedAt: segment.updatedAt,
      archivedAt: segment.archivedAt,
    })
    .from(segment)
    .where(and(eq(segment.id, segmentId), eq(segment.workspaceId, session.workspaceId)));
  if (!stored) throw new DomainError("not-found", "This segment is not in your workspace.");
  const using = await readUsingFlows(db, session.workspaceId);
  return { ...stored, flows: using.get(segmentId) ?? [] };
}
