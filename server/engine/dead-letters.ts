import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { signalChannel } from "./queue-signal.ts";

export type LetterIds = { workspaceId: string; ids: readonly string[] };

/**
 * Puts dead letters of a workspace back into the river, in the order in which they failed, and takes them off the list, inside
 * the caller's transaction. They are applied after what is queued already. A letter of an erased person is only taken off.
 * Answers the ids that were there; another workspace's are not.
 */
export async function retryDeadLetters(tx: Queryable, { workspaceId, ids }: LetterIds): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with gone as (
      delete from dead_letter where workspace_id = ${workspaceId} and id = any(${sql.param([...ids])}::uuid[]) returning *
    ), queued as (
      insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload)
      select g.workspace_id, c.shard, g.contact_id, g.enrollment_id, g.payload
      from gone g join contact c on c.id = g.contact_id and c.workspace_id = g.workspace_id
      order by g.at, g.sequence, g.id
    )
    select id from gone`);
  if (rows.length > 0) await tx.execute(sql`select pg_notify(${signalChannel}, '')`);
  return rows.map((row) => row.id);
}

/** Gives dead letters of a workspace up for good, inside the caller's transaction. Answers the ids that were there. */
export async function discardDeadLetters(tx: Queryable, { workspaceId, ids }: LetterIds): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    delete from dead_letter where workspace_id = ${workspaceId} and id = any(${sql.param([...ids])}::uuid[]) returning id`);
  return rows.map((row) => row.id);
}
