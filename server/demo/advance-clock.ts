import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { demoClock } from "#db/schema/workspace.ts";
import { clockChannel } from "../clock.ts";
import type { Env } from "../env.ts";
import { DomainError } from "../errors.ts";
import { callSandbox } from "../sandbox-phones/sandbox-control.ts";

export const AdvanceClock = z.strictObject({ advanceSeconds: z.number().int().min(0).max(31_536_000) });

/** Ten years: dates stay ones that every part can print. */
const furthestSeconds = 315_360_000;

/**
 * Moves the clock of a demo installation forward: the product's and the sandbox's together, and tells every process at once.
 * Answers the time it is then. Not-found outside demo mode; refused beyond ten years; unavailable when the sandbox is away (nothing moves).
 */
export async function advanceClock(
  db: Database,
  env: Env,
  { advanceSeconds }: z.output<typeof AdvanceClock>,
): Promise<{ now: string }> {
  if (!env.isDemo) throw new DomainError("not-found", "Only a demo installation has a clock that can be moved.");
  const [current] = await db
    .select({ offsetSeconds: demoClock.offsetSeconds })
    .from(demoClock)
    .where(eq(demoClock.id, 1));
  if ((current?.offsetSeconds ?? 0) + advanceSeconds > furthestSeconds)
    throw new DomainError("refused", "The demo clock goes at most ten years ahead.");
  // The sandbox first: where it does not follow, the product's clock does not move either.
  await callSandbox(env, "POST", "/clock", { advance_ms: advanceSeconds * 1000 });
  const offsetSeconds = await addToOffset(db, advanceSeconds);
  return { now: new Date(Date.now() + offsetSeconds * 1000).toISOString() };
}

/** Adds to what is there, so that two moves at once both count, and tells every process with the commit. Answers the new offset. */
const addToOffset = (db: Database, seconds: number): Promise<number> =>
  db.transaction(async (tx) => {
    const [row] = await tx
      .insert(demoClock)
      .values({ id: 1, offsetSeconds: seconds })
      .onConflictDoUpdate({
        target: demoClock.id,
        set: { offsetSeconds: sql`${demoClock.offsetSeconds} + ${seconds}` },
      })
      .returning({ offsetSeconds: demoClock.offsetSeconds });
    const offset = row?.offsetSeconds ?? seconds;
    await tx.execute(sql`select pg_notify(${clockChannel}, ${String(offset)})`);
    return offset;
  });
