import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { shardLockClass } from "./signals/shard-lock.ts";

/**
 * Keeps workers off a person until the transaction ends, and waits for the one that has them in hand. To be the first lock of a
 * transaction: workers take it before they write anything.
 */
export const lockPerson = (tx: Transaction, contactId: string) =>
  tx.execute(
    sql`select pg_advisory_xact_lock(${shardLockClass}::integer, shard::integer) from contact where id = ${contactId}`,
  );

/**
 * The ways a person is on end where they stand, on the path and in the counts. Of the path nothing is kept that tells of the person:
 * only which earlier message or version led where, without which the counts could not be made anew.
 */
export async function endPaths(tx: Transaction, contactId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await tx.execute(sql`
    with open as materialized (
      select e.*, (${at}::timestamptz at time zone w.timezone)::date as day, (e.state->>'visit')::int as visit,
             (e.state->'wait'->>'since')::float8 as since_ms
      from enrollment e join workspace w on w.id = e.workspace_id
      where e.contact_id = ${contactId} and e.status = 'waiting' and e.node_id is not null
    ), ended as (
      insert into trace (enrollment_id, at, ordinal, workspace_id, contact_id, flow_id, version_id, visit, node_id, kind, detail)
      select id, ${at}, trace_count, workspace_id, contact_id, flow_id, version_id, visit, node_id, 'ended', '{}' from open
    ), counted as (
      select open.*, 'ended' as kind, 'contact-erased' as handle, 1 as n from open
      union all
      select open.*, 'stay', round(ln(1 + greatest(0, floor((extract(epoch from ${at}::timestamptz) * 1000 - since_ms) / 1000))) / ln(2::float8) * 8)::int::text, 1
      from open where since_ms is not null
      union all
      select open.*, 'standing', '', -1 from open
    )
    insert into flow_tally_change (workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n)
    select workspace_id, flow_id, case kind when 'standing' then date '1970-01-01' else day end, version_id, node_id, kind, handle, language, n
    from counted`);
  await tx.execute(sql`
    update trace set detail = coalesce(
      (select jsonb_object_agg(key, value) from jsonb_each(detail) where key in ('recalled', 'from')), '{}')
    where enrollment_id in (select id from enrollment where contact_id = ${contactId})`);
}
