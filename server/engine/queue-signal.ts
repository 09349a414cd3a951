import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { signalQueue } from "#db/schema/index.ts";
import type { Signal } from "#flow/signal.ts";
import { shardOf } from "#server/id.ts";
import type { Statement } from "./query.ts";
import type { HostSignal } from "./signals/work.ts";

/** Postgres channel that wakes the workers: there is a new row in the signal queue. */
export const signalChannel = "chasqui_signal";

/**
 * Hands a signal to the engine, inside the caller's transaction: it is applied if and only if that commits.
 * `enrollmentId` null addresses every waiting enrollment of the person (events, replies).
 */
export async function queueSignal(
  tx: Queryable,
  to: { workspaceId: string; contactId: string; enrollmentId: string | null },
  signal: Signal | HostSignal,
): Promise<void> {
  await tx.insert(signalQueue).values({ ...to, shard: shardOf(to.workspaceId, to.contactId), payload: signal });
  await tx.execute(sql`select pg_notify(${signalChannel}, '')`);
}

/** The same row on a worker's own connection, which wakes its loop by itself. */
export const insertSignal: Statement = {
  name: "queue-signal",
  text: `
    insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
    values ($1, $2, $3, $4, $5::json)`,
};
