import { and, eq, lte } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { scheduledPublish } from "#db/schema/index.ts";
import { approvalFor } from "#server/approvals/find-approval.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import type { Clock } from "#server/clock.ts";
import { DomainError } from "#server/errors.ts";
import { notify } from "#server/notifications/notify.ts";
import type { Actor } from "#server/trpc.ts";
import { lockFlow } from "./find-flow.ts";
import { publishVersion } from "./publish-version.ts";

type Due = typeof scheduledPublish.$inferSelect;

/**
 * Publishes what is due, each in a transaction of its own and once, whichever worker is faster. What may not go live any more (changed,
 * archived, not approved, no longer able to run) is closed with the reason, and whoever planned it is told. Answers how many were due.
 */
export async function publishDue(db: Database, clock: Clock): Promise<number> {
  for (let count = 0; ; count += 1) if (!(await db.transaction((tx) => publishOne(tx, clock)))) return count;
}

async function publishOne(tx: Transaction, clock: Clock): Promise<boolean> {
  const now = clock.now();
  const isDue = and(eq(scheduledPublish.state, "waiting"), lte(scheduledPublish.at, now));
  const [next] = await tx.select().from(scheduledPublish).where(isDue).orderBy(scheduledPublish.at).limit(1);
  if (!next) return false;
  // The flow first, as everybody locks it who plans or takes back; another worker may have been faster.
  const stored = await lockFlow(tx, next.workspaceId, next.flowId);
  const [due] = await tx
    .select()
    .from(scheduledPublish)
    .where(and(eq(scheduledPublish.id, next.id), isDue))
    .for("update");
  if (!due) return true;
  const actor = actorOf(due, clock);
  const told = { to: [{ people: [due.scheduledBy] }], subjectId: due.flowId };
  try {
    // A savepoint: what the publish began is undone, that it failed is kept.
    const published = await tx.transaction(async (inner) => {
      if (stored.status === "archived") throw new DomainError("refused", "archived", { reason: "archived" });
      if (canonicalHash(stored.draft) !== due.hash)
        throw new DomainError("refused", "changed", { reason: "draft-changed" });
      const approvalId = await approvalFor(inner, { subjectId: due.flowId, hash: due.hash });
      if (!approvalId) throw new DomainError("refused", "not approved", { reason: "not-approved" });
      await close(inner, due.id, { state: "done", reason: null, closedAt: now });
      return publishVersion(inner, actor, { stored, grant: { approvalId, scheduledId: due.id }, plan: due.plan });
    });
    await notify(
      tx,
      { clock, actor: "system", workspaceId: due.workspaceId },
      {
        kind: "flow-published",
        ...told,
        values: { name: stored.name, number: published.version },
      },
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const reason = typeof error.detail.reason === "string" ? error.detail.reason : "not-runnable";
    await close(tx, due.id, { state: "failed", reason, closedAt: now });
    await notify(
      tx,
      { clock, actor: "system", workspaceId: due.workspaceId },
      {
        kind: "flow-not-published",
        ...told,
        values: { name: stored.name, reason: toldReason[reason] ?? "broken" },
      },
    );
  }
  return true;
}

/** How the words of the notice call it: a case of a text has no hyphen. */
const toldReason: Readonly<Record<string, string>> = {
  archived: "archived",
  "draft-changed": "changed",
  "not-approved": "unapproved",
};

const close = (tx: Transaction, id: string, set: Pick<Due, "state" | "reason" | "closedAt">) =>
  tx.update(scheduledPublish).set(set).where(eq(scheduledPublish.id, id));

/** It is done in the name of whoever planned it. */
const actorOf = ({ workspaceId, scheduledBy }: Due, clock: Clock): Pick<Actor, "clock" | "session"> => ({
  clock,
  session: { userId: scheduledBy, workspaceId, name: "", email: "", language: "en", role: "maker", signIn: null },
});
