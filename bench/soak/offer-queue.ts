import type pg from "pg";

/** Puts `count` events of people who take turns into the queue, as the door does, and wakes the workers. */
export async function offerQueue(
  pool: pg.Pool,
  { workspaceId, from, count, people }: { workspaceId: string; from: number; count: number; people: number },
): Promise<void> {
  const users = Array.from({ length: count }, (_, index) => `user-${(from + index) % people}`);
  await pool.query({
    name: "soak-offer",
    text: `with added as (
             insert into signal_queue (workspace_id, shard, contact_id, payload)
             select c.workspace_id, c.shard, c.id, jsonb_build_object('kind', 'event', 'event', jsonb_build_object(
               'id', uuidv7(), 'name', 'bench.event', 'at', (extract(epoch from now()) * 1000)::bigint,
               'properties', '{"amount": 105000, "currency": "XOF"}'::jsonb))
             from contact c where c.workspace_id = $1 and c.external_id = any($2)
             returning 1
           ) select pg_notify('chasqui_signal', '') from added limit 1`,
    values: [workspaceId, users],
  });
}
