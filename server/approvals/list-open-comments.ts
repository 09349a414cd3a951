import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { z } from "zod";
import { approval, approvalComment, user } from "#db/schema/index.ts";
import { isPerson, nameOf } from "#server/flows/person-name.ts";
import type { Actor } from "#server/trpc.ts";

export const OfSubject = z.strictObject({ subjectId: z.uuid() });

/** More than these nobody works off in an editor; the request has them all. */
const mostComments = 100;

/**
 * What was said about a flow or template and is not settled, newest first: for its editor, so that the author need not go and look.
 * A request that was approved asks nothing of the author any more.
 */
export function listOpenComments({ db, session }: Actor, { subjectId }: z.infer<typeof OfSubject>) {
  return db
    .select({
      id: approvalComment.id,
      approvalId: approvalComment.approvalId,
      place: approvalComment.place,
      text: approvalComment.text,
      at: approvalComment.at,
      name: nameOf(approvalComment.userId),
    })
    .from(approvalComment)
    .innerJoin(approval, eq(approval.id, approvalComment.approvalId))
    .leftJoin(user, isPerson(approvalComment.userId))
    .where(
      and(
        eq(approval.subjectId, subjectId),
        eq(approval.workspaceId, session.workspaceId),
        ne(approval.state, "approved"),
        isNull(approvalComment.resolvedAt),
      ),
    )
    .orderBy(desc(approvalComment.at))
    .limit(mostComments);
}
