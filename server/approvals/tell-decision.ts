import type { Transaction } from "#db/client.ts";
import type { approvalStates } from "#db/schema/approval.ts";
import { notify } from "#server/notifications/notify.ts";
import type { Actor } from "#server/trpc.ts";
import type { ApprovalRow } from "./find-approval.ts";

type Outcome = {
  stored: ApprovalRow;
  state: Exclude<(typeof approvalStates)[number], "open">;
  /** "" for an approval. */
  reason: string;
};

/** Tells everybody who asked for it or wrote on it what became of it. A withdrawal is told where it happens. */
export async function tellDecision(tx: Transaction, actor: Actor, { stored, state, reason }: Outcome): Promise<void> {
  const facts = { to: [{ people: [stored.askedBy, ...stored.authors] }], subjectId: stored.id };
  const about = { subject: stored.subject, name: stored.snapshot.name };
  if (state === "approved") await notify(tx, actor, { ...facts, kind: "approval-approved", values: about });
  if (state === "rejected")
    await notify(tx, actor, { ...facts, kind: "approval-rejected", values: { ...about, reason } });
  if (state === "changes-requested")
    await notify(tx, actor, { ...facts, kind: "approval-changes-requested", values: { ...about, reason } });
}
