import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import type { Actor } from "../trpc.ts";

/** Runs `read` within so many milliseconds of the database's time; null when they were not enough. Throws when `signal` says stop. */
export async function bounded<Answer>(
  { db }: Actor,
  { ms, signal }: { ms: number; signal?: AbortSignal | undefined },
  read: (tx: Transaction) => Promise<Answer>,
): Promise<Answer | null> {
  signal?.throwIfAborted();
  let stop: (() => void) | undefined;
  try {
    return await db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(
        sql`select pg_backend_pid() as pid, set_config('statement_timeout', ${String(ms)}, true), set_config('transaction_read_only', 'on', true)`,
      );
      stop = () => void db.execute(sql`select pg_cancel_backend(${rows[0]?.pid ?? 0})`).catch(() => undefined);
      signal?.addEventListener("abort", stop);
      const answer = await read(tx);
      // Before the connection is somebody else's.
      signal?.removeEventListener("abort", stop);
      return answer;
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (isOverTime(error)) return null;
    throw error;
  } finally {
    if (stop) signal?.removeEventListener("abort", stop);
  }
}

const isOverTime = (error: unknown): boolean => {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return root instanceof Error && "code" in root && root.code === "57014";
};
