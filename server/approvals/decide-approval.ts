import { and, count, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { type approvalStates, approvalVerdicts } from "#db/schema/approval.ts";
import { approval, approvalDecision, flow } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { type Published, publishVersion } from "#server/flows/publish-version.ts";
import { schedulePublish } from "#server/flows/schedule-publish.ts";
import { type Submission, submitTemplate, WantedNumbers } from "#server/templates/submit-template.ts";
import { setReviewStatus } from "#server/templates/template-snapshot.ts";
import type { Actor } from "#server/trpc.ts";
import { type ApprovalRow, findApproval } from "./find-approval.ts";
import { lockSubject, type Subject } from "./read-subject.ts";
import { tellDecision } from "./tell-decision.ts";

export const DecideApproval = z
  .strictObject({
    approvalId: z.uuid(),
    verdict: z.enum(approvalVerdicts),
    reason: z.string().trim().max(2000).optional(),
    /** Of a template whose last approval this is: where it goes then. */
    channelIds: WantedNumbers,
  })
  .refine(({ verdict, reason }) => verdict === "approve" || Boolean(reason), {
    error: "Say why, so that the author knows what to do",
    path: ["reason"],
  });

type ApprovalState = (typeof approvalStates)[number];
type Verdict = (typeof approvalVerdicts)[number];

export type Decided = {
  state: ApprovalState;
  /** Approvals it has now, of those it needs. */
  approved: number;
  needed: number;
  /** The version that runs now; null unless this was a flow's last approval. */
  version: number | null;
  /** Whether that version meets people: a flow that is paused or held stays so. Null unless this was a flow's last approval. */
  flowStatus: Published["status"] | null;
  /** What WhatsApp said to each language; null unless this was a template's last approval. */
  submissions: Submission[] | null;
  /** Why the approved template did not leave; it may be submitted again. */
  notSubmitted: string | null;
};

/**
 * Decides about a request, once per person. The last approval a flow needs publishes what was frozen, in the same transaction;
 * that of a template submits it to WhatsApp after it. Refused to everybody who wrote on it or asked for it, and when the draft is
 * not the one that was asked for any more.
 */
export async function decideApproval(actor: Actor, input: z.infer<typeof DecideApproval>): Promise<Decided> {
  const decided = await actor.db.transaction((tx) => decide(tx, actor, input));
  if (!decided.submits) return { ...decided.answer, submissions: null, notSubmitted: null };
  try {
    const submissions = await submitTemplate(actor, { templateId: decided.submits, channelIds: input.channelIds });
    return { ...decided.answer, submissions, notSubmitted: null };
  } catch (error) {
    // The approval stands whatever became of the call.
    if (error instanceof DomainError) return { ...decided.answer, submissions: null, notSubmitted: error.message };
    throw error;
  }
}

async function decide(
  tx: Transaction,
  actor: Actor,
  { approvalId, verdict, reason }: z.infer<typeof DecideApproval>,
): Promise<{ answer: Omit<Decided, "submissions" | "notSubmitted">; submits: string | null }> {
  const { workspaceId, userId } = actor.session;
  // The subject first, as everybody locks: whoever asks anew or saves holds it, too.
  const named = await findApproval(tx, { workspaceId, approvalId });
  const subject = await lockSubject(tx, workspaceId, named);
  const stored = await findApproval(tx, { workspaceId, approvalId, lock: true });
  assertMayDecide(actor, stored);
  if (verdict === "approve") assertNotArchived(subject);
  const current = assertCurrent(stored, subject);
  const at = actor.clock.now();
  const [isFirst] = await tx
    .insert(approvalDecision)
    .values({ approvalId, workspaceId, userId, verdict, reason: reason || null, at })
    .onConflictDoNothing()
    .returning({ approvalId: approvalDecision.approvalId });
  if (!isFirst) throw new DomainError("refused", "You have decided about this already. One person counts once.");
  const approved = await countApprovals(tx, approvalId);
  const state = stateAfter(verdict, approved >= stored.needed);
  await tx
    .update(approval)
    .set({ state, closedAt: state === "open" ? null : at })
    .where(eq(approval.id, approvalId));
  await recordAudit(tx, actor, {
    action: verdict,
    subject: stored.subject,
    subjectId: stored.subjectId,
    detail: { approvalId, hash: stored.hash, version: stored.version, approved, needed: stored.needed, state },
  });
  if (state !== "open") await tellDecision(tx, actor, { stored, state, reason: reason ?? "" });
  const published = await act(tx, actor, { stored, subject: current, state });
  const submits = stored.subject === "template" && state === "approved" ? stored.subjectId : null;
  const { version = null, status: flowStatus = null } = published ?? {};
  return { answer: { state, approved, needed: stored.needed, version, flowStatus }, submits };
}

function assertMayDecide({ session }: Actor, stored: ApprovalRow): void {
  if (stored.state !== "open")
    throw new DomainError("refused", `This request is ${stored.state} already. Look at the list for what is open.`);
  if (stored.authors.includes(session.userId))
    throw new DomainError("not-allowed", "You wrote or asked for this version, so someone else decides.");
}

function assertNotArchived(subject: Subject | null): void {
  if (subject?.subject !== "flow" || subject.stored.status !== "archived") return;
  throw new DomainError(
    "refused",
    `${subject.stored.name} is archived, so nothing of it can go live. Its author has to restore it and ask again.`,
    { rule: "flow-archived" },
  );
}

function assertCurrent(stored: ApprovalRow, subject: Subject | null): Subject {
  if (subject?.hash === stored.hash) return subject;
  throw new DomainError(
    "conflict",
    `${stored.snapshot.name} has changed since it was asked for. Its author has to ask again.`,
    { rule: "draft-changed" },
  );
}

async function countApprovals(tx: Transaction, approvalId: string): Promise<number> {
  const [row] = await tx
    .select({ approved: count() })
    .from(approvalDecision)
    .where(and(eq(approvalDecision.approvalId, approvalId), eq(approvalDecision.verdict, "approve")));
  return row?.approved ?? 0;
}

function stateAfter(verdict: Verdict, isEnough: boolean): ApprovalState {
  if (verdict === "reject") return "rejected";
  if (verdict === "request-changes") return "changes-requested";
  return isEnough ? "approved" : "open";
}

/** What the new state does to the flow or template; answers what was published, if anything was. */
async function act(
  tx: Transaction,
  actor: Actor,
  { stored, subject, state }: { stored: ApprovalRow; subject: Subject; state: ApprovalState },
): Promise<Published | null> {
  if (state === "open") return null;
  if (subject.subject === "template") {
    const to = { approved: "draft", "changes-requested": "changes-requested", rejected: "declined" } as const;
    if (state !== "withdrawn")
      await setReviewStatus(tx, { templateId: stored.subjectId, from: ["in-review"], to: to[state] });
    return null;
  }
  if (state === "approved") {
    const { plan, publishAt } = stored;
    if (publishAt && publishAt > actor.clock.now()) {
      const planned = { flowId: stored.subjectId, hash: stored.hash, plan, at: publishAt, approvalId: stored.id };
      await schedulePublish(tx, actor, planned);
      return null;
    }
    return publishVersion(tx, actor, { stored: subject.stored, grant: { approvalId: stored.id }, plan });
  }
  await endFlowReview(tx, stored.subjectId);
  return null;
}

/** A flow that never ran is a draft again when its review is over without an approval. */
export async function endFlowReview(tx: Transaction, flowId: string): Promise<void> {
  await tx
    .update(flow)
    .set({ status: "draft" })
    .where(and(eq(flow.id, flowId), eq(flow.status, "in-review")));
}
