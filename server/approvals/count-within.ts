import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";

/** Longer than this a month of events is not counted, neither for a screen nor for a rule. */
export const patienceMs = 8_000;

/** Runs one statement of a count in the time that is left for all of them. */
export type CountStep = <Rows>(run: (tx: Transaction) => Promise<Rows>) => Promise<Rows>;

/**
 * Counts in a transaction of its own, all its steps within `ms` together, and answers null when that is not enough. Call it while
 * nothing is locked: others would wait as long.
 */
export async function countWithin<Counted>(
  db: Database,
  count: (step: CountStep) => Promise<Counted>,
  ms: number = patienceMs,
): Promise<Counted | null> {
  const until = performance.now() + ms;
  try {
    return await db.transaction((tx) =>
      count(async (run) => {
        const left = Math.max(1, Math.round(until - performance.now()));
        await tx.execute(sql.raw(`set local statement_timeout = ${left}`));
        return run(tx);
      }),
    );
  } catch (error) {
    if (isCancelled(error)) return null;
    throw error;
  }
}

/** PostgreSQL, Appendix A: 57014 is query_canceled, by statement_timeout. */
function isCancelled(error: unknown): boolean {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return typeof root === "object" && root !== null && "code" in root && root.code === "57014";
}
