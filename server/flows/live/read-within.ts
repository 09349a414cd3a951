import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

const usualPatienceMs = 4_000;

/**
 * Reads figures on the connections that are there for them, so that a busy screen never stands in the way of a save or a send, and for
 * four seconds a statement at most, where the caller has no more patience. All statements see the same moment.
 */
export async function readWithin<Read>(
  actor: Actor,
  read: (tx: Transaction) => Promise<Read>,
  patienceMs = usualPatienceMs,
): Promise<Read> {
  try {
    return await (actor.figures ?? actor.db).transaction(
      async (tx) => {
        await tx.execute(sql.raw(`set local statement_timeout = ${patienceMs}`));
        return read(tx);
      },
      { isolationLevel: "repeatable read", accessMode: "read only" },
    );
  } catch (error) {
    if (!isCancelled(error)) throw error;
    throw new DomainError("unavailable", "Counting took too long. Choose a shorter time or one version.");
  }
}

/** PostgreSQL, Appendix A: 57014 is query_canceled, by statement_timeout. */
function isCancelled(error: unknown): boolean {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return typeof root === "object" && root !== null && "code" in root && root.code === "57014";
}
