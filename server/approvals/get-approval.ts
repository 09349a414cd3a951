import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { approvalComment, approvalDecision, member, user } from "#db/schema/index.ts";
import { lintTemplate } from "#flow/lint-template.ts";
import { validate } from "#flow/validate.ts";
import { isAllowed, verbs } from "#server/auth/permissions.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";
import { readWorld } from "#server/flows/read-world.ts";
import type { Actor } from "#server/trpc.ts";
import { hashesOf } from "./draft-hashes.ts";
import { type ApprovalRow, findApproval, newestApproval } from "./find-approval.ts";
import { readLastWriter } from "./read-authors.ts";
import { readOutcome } from "./read-outcome.ts";

export const GetApproval = z.strictObject({ approvalId: z.uuid() });

/** Why this person cannot decide now; null: they can. */
export type Hindrance = "closed" | "replaced" | "changed" | "own" | "role" | "decided";

/** Everything a request shows but its reach, which takes longer to count. */
export async function getApproval(actor: Actor, { approvalId }: z.infer<typeof GetApproval>) {
  const { db, session } = actor;
  const { workspaceId, userId } = session;
  const { hash, authors, askedBy, ...row } = await findApproval(db, { workspaceId, approvalId });
  const newest = await newestApproval(db, row.subjectId);
  const isReplaced = newest !== null && newest.id !== approvalId;
  const isCurrent = (await hashesOf(db, workspaceId, [row])).get(row.subjectId) === hash;
  const people = await readCandidates(db, workspaceId);
  const decisions = await readDecisions(db, approvalId);
  const open = people.filter(
    ({ id }) => !authors.includes(id) && !decisions.some((decision) => decision.userId === id),
  );
  return {
    ...row,
    askedBy: await nameOfPerson(db, askedBy),
    isAskedByMe: askedBy === userId,
    isOwn: authors.includes(userId),
    isCurrent,
    /** Who took it out of review by writing on; null while it is what was asked for. */
    changedBy:
      isCurrent || row.state !== "open" ? null : await readLastWriter(db, { workspaceId, subjectId: row.subjectId }),
    /** What became of it once it was approved, as things are now. */
    outcome: isReplaced ? null : await readOutcome(db, row),
    newerId: isReplaced ? newest.id : null,
    decisions: decisions.map(({ userId: by, ...decision }) => ({ ...decision, isMe: by === userId })),
    /** Who may still decide. */
    candidates: open.map(({ id, ...person }) => ({ ...person, isMe: id === userId })),
    comments: await readComments(db, approvalId, userId),
    hindrance: hindranceOf(actor, {
      ...{ row, isReplaced, isCurrent },
      isOwn: authors.includes(userId),
      hasDecided: decisions.some((decision) => decision.userId === userId),
    }),
    problems:
      row.snapshot.kind === "flow"
        ? validate(row.snapshot.graph, { ...(await readWorld(actor)), flowId: row.subjectId })
        : [],
    findings: row.snapshot.kind === "template" ? lintTemplate(row.snapshot) : [],
  };
}

type Standing = {
  row: Pick<ApprovalRow, "state">;
  isReplaced: boolean;
  isCurrent: boolean;
  isOwn: boolean;
  hasDecided: boolean;
};

function hindranceOf(
  { session }: Actor,
  { row, isReplaced, isCurrent, isOwn, hasDecided }: Standing,
): Hindrance | null {
  if (row.state === "withdrawn" && isReplaced) return "replaced";
  if (row.state !== "open") return "closed";
  if (!isCurrent) return "changed";
  if (isOwn) return "own";
  if (!isAllowed(session.role, "decide-approvals")) return "role";
  return hasDecided ? "decided" : null;
}

/** Everybody of the workspace whose role decides. */
export async function readCandidates(db: Queryable, workspaceId: string) {
  return db
    .select({ id: user.id, name: user.name, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.workspaceId, workspaceId), inArray(member.role, [...verbs["decide-approvals"]])))
    .orderBy(user.name);
}

async function readDecisions(db: Queryable, approvalId: string) {
  return db
    .select({
      userId: approvalDecision.userId,
      name: nameOf(approvalDecision.userId),
      role: member.role,
      verdict: approvalDecision.verdict,
      reason: approvalDecision.reason,
      at: approvalDecision.at,
    })
    .from(approvalDecision)
    .leftJoin(user, isPerson(approvalDecision.userId))
    .leftJoin(member, and(eq(member.userId, user.id), eq(member.workspaceId, approvalDecision.workspaceId)))
    .where(eq(approvalDecision.approvalId, approvalId))
    .orderBy(approvalDecision.at);
}

async function readComments(db: Queryable, approvalId: string, me: string) {
  const rows = await db
    .select({
      id: approvalComment.id,
      userId: approvalComment.userId,
      name: nameOf(approvalComment.userId),
      place: approvalComment.place,
      text: approvalComment.text,
      at: approvalComment.at,
      resolvedAt: approvalComment.resolvedAt,
      resolvedBy: sql<string | null>`(select u.name from ${user} u where u.id::text = ${approvalComment.resolvedBy})`,
    })
    .from(approvalComment)
    .leftJoin(user, isPerson(approvalComment.userId))
    .where(eq(approvalComment.approvalId, approvalId))
    .orderBy(approvalComment.at);
  return rows.map(({ userId, ...comment }) => ({ ...comment, isMe: userId === me }));
}

async function nameOfPerson(db: Queryable, userId: string): Promise<string> {
  const [person] = await db
    .select({ name: user.name })
    .from(user)
    .where(eq(sql`${user.id}::text`, userId));
  return person?.name ?? userId;
}
