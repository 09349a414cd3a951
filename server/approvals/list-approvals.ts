import { and, arrayContains, desc, eq, inArray, isNull, ne, not, sql } from "drizzle-orm";
import { approval, approvalDecision, user } from "#db/schema/index.ts";
import { isAllowed } from "#server/auth/permissions.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";
import type { Actor } from "#server/trpc.ts";
import { countFindings } from "./count-findings.ts";
import { hashesOf } from "./draft-hashes.ts";

/** Requests of one screen: what is open is all there, of the past the newest. */
const mostOpen = 200;
const mostDecided = 50;

/**
 * The queue: what waits for this person, what they are an author of, and what was decided lately; each row says where it belongs.
 * What is open stands oldest first, because it has waited longest.
 */
export async function listApprovals(actor: Actor) {
  const { session } = actor;
  const own = eq(approval.workspaceId, session.workspaceId);
  const open = await readRows(actor)
    .where(and(own, eq(approval.state, "open")))
    .orderBy(approval.askedAt)
    .limit(mostOpen);
  const decided = await readRows(actor)
    .where(and(own, ne(approval.state, "open")))
    .orderBy(desc(approval.closedAt))
    .limit(mostDecided);
  const findings = await countFindings(actor, open);
  const current = await readCurrent(actor, open);
  const decisions = await readDecisions(actor, [...open, ...decided]);
  const rows = [...open, ...decided].map(({ authors, hash, ...row }) => {
    const votes = decisions.get(row.id) ?? [];
    const isOwn = authors.includes(session.userId);
    const isOpen = row.state === "open";
    const isCurrent = !isOpen || current.has(row.id);
    const mayDecide = isAllowed(session.role, "decide-approvals") && !isOwn;
    const hasDecided = votes.some((vote) => vote.userId === session.userId);
    return {
      ...row,
      isOwn,
      isCurrent,
      /** It waits for this person. */
      isForMe: isOpen && isCurrent && mayDecide && !hasDecided,
      approved: votes.filter((vote) => vote.verdict === "approve").length,
      approvers: votes.map((vote) => vote.name),
      findings: findings.get(row.id) ?? 0,
    };
  });
  return { rows };
}

const readRows = ({ db }: Actor) =>
  db
    .select({
      id: approval.id,
      subject: approval.subject,
      subjectId: approval.subjectId,
      // Not the whole snapshot: of what is decided nobody asks for the graphs.
      name: sql<string>`${approval.snapshot} ->> 'name'`,
      hash: approval.hash,
      beforeVersion: approval.beforeVersion,
      version: approval.version,
      state: approval.state,
      needed: approval.needed,
      authors: approval.authors,
      askedBy: nameOf(approval.askedBy),
      askedAt: approval.askedAt,
      closedAt: approval.closedAt,
    })
    .from(approval)
    .leftJoin(user, isPerson(approval.askedBy))
    .$dynamic();

type OpenRow = { id: string; subject: "flow" | "template"; subjectId: string; hash: string };

/** Ids of the requests whose draft is still what was asked for. */
async function readCurrent({ db, session }: Actor, open: OpenRow[]): Promise<Set<string>> {
  const hashes = await hashesOf(db, session.workspaceId, open);
  return new Set(open.filter((row) => hashes.get(row.subjectId) === row.hash).map((row) => row.id));
}

async function readDecisions({ db }: Actor, rows: { id: string }[]) {
  const decisions = await db
    .select({
      approvalId: approvalDecision.approvalId,
      userId: approvalDecision.userId,
      verdict: approvalDecision.verdict,
      name: nameOf(approvalDecision.userId),
    })
    .from(approvalDecision)
    .leftJoin(user, isPerson(approvalDecision.userId))
    .where(
      inArray(
        approvalDecision.approvalId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(approvalDecision.at);
  return Map.groupBy(decisions, (row) => row.approvalId);
}

/** How many requests wait for this person: the number on the rail. */
export async function countWaiting(actor: Actor): Promise<{ waiting: number }> {
  const { db, session } = actor;
  if (!isAllowed(session.role, "decide-approvals")) return { waiting: 0 };
  const open = await db
    .select({ id: approval.id, subject: approval.subject, subjectId: approval.subjectId, hash: approval.hash })
    .from(approval)
    .leftJoin(
      approvalDecision,
      and(eq(approvalDecision.approvalId, approval.id), eq(approvalDecision.userId, session.userId)),
    )
    .where(
      and(
        eq(approval.workspaceId, session.workspaceId),
        eq(approval.state, "open"),
        isNull(approvalDecision.userId),
        not(arrayContains(approval.authors, [session.userId])),
      ),
    )
    .limit(mostOpen);
  return { waiting: (await readCurrent(actor, open)).size };
}
