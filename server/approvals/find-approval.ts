import { and, desc, eq } from "drizzle-orm";
import type { Queryable, Transaction } from "#db/client.ts";
import { approval } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";

export type ApprovalRow = typeof approval.$inferSelect;

/** The request of one's own workspace; another workspace's id is answered like one that does not exist. */
export async function findApproval(
  db: Queryable,
  { workspaceId, approvalId, lock = false }: { workspaceId: string; approvalId: string; lock?: boolean },
): Promise<ApprovalRow> {
  const query = db
    .select()
    .from(approval)
    .where(and(eq(approval.id, approvalId), eq(approval.workspaceId, workspaceId)));
  const [row] = lock ? await query.for("update") : await query;
  if (!row)
    throw new DomainError("not-found", "This request does not exist in your workspace. Go back to the approvals.");
  return row;
}

/** The newest request about a flow or template; null when there never was one. */
export async function newestApproval(db: Queryable, subjectId: string): Promise<ApprovalRow | null> {
  const [row] = await db
    .select()
    .from(approval)
    .where(eq(approval.subjectId, subjectId))
    .orderBy(desc(approval.askedAt), desc(approval.id))
    .limit(1);
  return row ?? null;
}

/**
 * The request by which exactly this may go live: the newest one, approved, about this hash. An older approval does not count: what
 * it approved was replaced by something else, and going back is a change like any other.
 */
export async function approvalFor(
  db: Queryable,
  { subjectId, hash }: { subjectId: string; hash: string },
): Promise<string | null> {
  const newest = await newestApproval(db, subjectId);
  return newest?.state === "approved" && newest.hash === hash ? newest.id : null;
}

/** Takes the open request about a thing back, if there is one: something else took its place. Answers its id. */
export async function withdrawOpen(
  tx: Transaction,
  { subjectId, at }: { subjectId: string; at: Date },
): Promise<string | null> {
  const [row] = await tx
    .update(approval)
    .set({ state: "withdrawn", closedAt: at })
    .where(and(eq(approval.subjectId, subjectId), eq(approval.state, "open")))
    .returning({ id: approval.id });
  return row?.id ?? null;
}
