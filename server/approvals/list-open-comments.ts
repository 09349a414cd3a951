import { and, desc, eq, isNull, ne } from "drizzle-orm";
import type { z } from "zod";
import { approval, approvalComment, user } from "#db/schema/index.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";
import { findFlow } from "#server/flows/find-flow.ts";
import { findTemplate } from "#server/templates/find-template.ts";
import type { Actor } from "#server/trpc.ts";
import type { OfFlow, OfTemplate } from "./read-standing.ts";

/** More than these nobody works off in an editor; the request has them all. */
const mostComments = 100;

/**
 * What was said about a flow and is not settled, newest first: for its editor, so that the author need not go and look.
 * A request that was approved asks nothing of the author any more.
 */
export async function openCommentsOfFlow(actor: Actor, { flowId }: z.infer<typeof OfFlow>) {
  await findFlow(actor.db, actor.session.workspaceId, flowId);
  return readOpen(actor, flowId);
}

/** The same for a template. */
export async function openCommentsOfTemplate(actor: Actor, { templateId }: z.infer<typeof OfTemplate>) {
  await findTemplate(actor.db, { workspaceId: actor.session.workspaceId, templateId });
  return readOpen(actor, templateId);
}

const readOpen = ({ db, session }: Actor, subjectId: string) =>
  db
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
