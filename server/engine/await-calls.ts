import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { holdLockClass } from "./dispatch/hold-lock.ts";

/** All of a workspace's messages, those of one of its flows, or those to one person. */
type Held = { workspaceId: string; flowId?: string; contactId?: string };

const patienceMs = 5_000;
const lookMs = 25;

/**
 * After the commit of a hold: waits until no message that was claimed before it is on its way any more, so that nothing leaves from
 * then on. Answers how many still are after five seconds: their calls have begun and a slow provider has not answered, or their
 * worker is gone.
 */
export async function awaitCalls(db: Database, held: Held): Promise<number> {
  const until = performance.now() + patienceMs;
  const areClaimsOver = await awaitClaims(db, held.workspaceId);
  for (;;) {
    const onTheirWay = await countSending(db, held);
    if (onTheirWay === 0 && areClaimsOver) return 0;
    if (performance.now() >= until || !areClaimsOver) return Math.max(1, onTheirWay);
    await delay(lookMs);
  }
}

/** False when a claim that may have read what was before the hold does not end: its worker hangs, and loses its lease. */
async function awaitClaims(db: Database, workspaceId: string): Promise<boolean> {
  return db
    .transaction(async (tx) => {
      await tx.execute(sql`select set_config('lock_timeout', ${String(patienceMs)}, true)`);
      await tx.execute(sql`select pg_advisory_xact_lock(${holdLockClass}::integer, hashtext(${workspaceId}))`);
      return true;
    })
    .catch((error: unknown) => {
      if (isLockTimeout(error)) return false;
      throw error;
    });
}

const LockTimeout = z.object({ cause: z.object({ code: z.literal("55P03") }) });
const isLockTimeout = (error: unknown): boolean => LockTimeout.safeParse(error).success;

const Count = z.object({ count: z.coerce.number() });

/** Few rows are being sent at any time, whatever waits: `outbox_lease` holds them. */
async function countSending(db: Database, { workspaceId, flowId, contactId }: Held): Promise<number> {
  const ofFlow = flowId
    ? sql`and exists (select 1 from message m where m.id = o.message_id and m.flow_id = ${flowId})`
    : sql``;
  const toPerson = contactId ? sql`and o.contact_id = ${contactId}` : sql``;
  const { rows } = await db.execute(
    sql`select count(*) as count from outbox o where o.status = 'sending' and o.workspace_id = ${workspaceId} ${ofFlow} ${toPerson}`,
  );
  return z.tuple([Count]).parse(rows)[0].count;
}
