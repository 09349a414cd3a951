import { eq } from "drizzle-orm";
import { z } from "zod";
import { experiment } from "#db/schema/index.ts";
import { readAuthors } from "#server/approvals/read-authors.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { lockExperiment } from "./find-experiment.ts";
import { logExperiment } from "./log-experiment.ts";

export const ConsentWinner = z.strictObject({ experimentId: z.uuid(), isGiven: z.boolean() });

/**
 * Agrees beforehand that the winner goes live by itself as soon as the verdict says so, or takes that back. It stands for the approval
 * that is not asked then, so it is never of who started the experiment or drew what has not been approved yet.
 */
export async function consentWinner(
  actor: Actor,
  { experimentId, isGiven }: z.infer<typeof ConsentWinner>,
): Promise<void> {
  const { workspaceId, userId } = actor.session;
  const at = actor.clock.now();
  await actor.db.transaction(async (tx) => {
    const row = await lockExperiment(tx, workspaceId, experimentId);
    if (row.state !== "draft" && row.state !== "running")
      throw new DomainError("refused", "The experiment is over: there is nothing left to agree to.");
    const authors = await readAuthors(tx, { workspaceId, subjectId: row.flowId });
    if (isGiven && (row.startedBy === userId || authors.includes(userId)))
      throw new DomainError("refused", "You work on this flow yourself. Somebody else has to agree.");
    const consent = isGiven ? { consentBy: userId, consentAt: at } : { consentBy: null, consentAt: null };
    await tx
      .update(experiment)
      .set({ ...consent, updatedAt: at })
      .where(eq(experiment.id, experimentId));
    const kind = isGiven ? "consented" : "consent-withdrawn";
    await logExperiment(tx, { workspaceId, experimentId, at, actor: userId, kind });
    await recordAudit(tx, actor, {
      action: isGiven ? "consent-winner" : "withdraw-winner-consent",
      subject: "experiment",
      subjectId: experimentId,
      detail: { flowId: row.flowId },
    });
  });
}
