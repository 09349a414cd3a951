import { and, asc, eq, gte } from "drizzle-orm";
import { z } from "zod";
import { enrollment, trace } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { readWithin } from "./read-within.ts";

export const ReadWay = z.strictObject({ enrollmentId: z.uuid() });

/** Rows of one path that are shown: a way of 1,000 steps has twice as many. */
const mostRows = 2_000;

/** One person's way: which ways out they took, in order, and where they stand. What a step remembers of them is not told here. */
export async function readWay(actor: Actor, { enrollmentId }: z.infer<typeof ReadWay>) {
  return readWithin(actor, async (tx) => {
    const [way] = await tx
      .select({
        contactId: enrollment.contactId,
        flowId: enrollment.flowId,
        nodeId: enrollment.nodeId,
        enteredAt: enrollment.enteredAt,
        endedAt: enrollment.endedAt,
      })
      .from(enrollment)
      .where(and(eq(enrollment.id, enrollmentId), eq(enrollment.workspaceId, actor.session.workspaceId)));
    if (!way) throw new DomainError("not-found", "This person's way is not in your workspace.");
    const steps = await tx
      .select({ nodeId: trace.nodeId, kind: trace.kind, handle: trace.handle, at: trace.at })
      .from(trace)
      .where(and(eq(trace.enrollmentId, enrollmentId), gte(trace.at, way.enteredAt)))
      .orderBy(asc(trace.ordinal))
      .limit(mostRows);
    return { ...way, steps };
  });
}
