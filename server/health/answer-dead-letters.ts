import { and, eq, gte } from "drizzle-orm";
import { z } from "zod";
import { deadLetter } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { discardDeadLetters, retryDeadLetters } from "#server/engine/dead-letters.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

const mostLetters = 1_000;

export const DeadLetters = z.strictObject({ letterIds: z.array(z.uuid()).min(1).max(mostLetters) });
export const DeadLettersSince = z.strictObject({ since: z.date() });

type Act = "retry-dead-letters" | "discard-dead-letters";
const acts = { "retry-dead-letters": retryDeadLetters, "discard-dead-letters": discardDeadLetters };

/**
 * A verb for one act: applies dead letters again, or gives them up for good. Answers how many there were. Letters that somebody
 * else has answered meanwhile are passed over; not-found when none is left.
 */
export const deadLettersVerb =
  (act: Act) =>
  (actor: Actor, { letterIds }: z.infer<typeof DeadLetters>): Promise<{ letters: number }> =>
    answer(actor, act, letterIds);

/** Applies all dead letters again that failed since a time, the oldest thousand of them at most. */
export async function retryDeadLettersSince(actor: Actor, { since }: z.infer<typeof DeadLettersSince>) {
  const rows = await actor.db
    .select({ id: deadLetter.id })
    .from(deadLetter)
    .where(and(eq(deadLetter.workspaceId, actor.session.workspaceId), gte(deadLetter.at, since)))
    .orderBy(deadLetter.id)
    .limit(mostLetters);
  const ids = rows.map((row) => row.id);
  return answer(actor, "retry-dead-letters", ids);
}

const answer = (actor: Actor, act: Act, ids: string[]): Promise<{ letters: number }> =>
  actor.db.transaction(async (tx) => {
    const { workspaceId } = actor.session;
    const answered = await acts[act](tx, { workspaceId, ids });
    if (answered.length === 0)
      throw new DomainError("not-found", "These dead letters are not there any more: somebody has answered them.");
    await recordAudit(tx, actor, {
      action: act,
      subject: "workspace",
      subjectId: workspaceId,
      detail: { letters: answered.length, ids: answered.slice(0, 100) },
    });
    return { letters: answered.length };
  });
