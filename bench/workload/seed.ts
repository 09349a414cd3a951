import type pg from "pg";
import type { SampleWorld } from "#server/engine/sample-world.ts";
import { newId, shardOf } from "#server/id.ts";

/** People who may be written to (external ids `user-0` and so on), 50,000 by one statement. Their ids sort by making. */
export async function seedPeople(pool: pg.Pool, world: SampleWorld, count: number): Promise<void> {
  const granted = { state: "granted", at: new Date().toISOString(), source: "bench" };
  const consents = { service: granted, marketing: granted };
  for (let from = 0; from < count; from += 50_000) {
    const ids = Array.from({ length: Math.min(50_000, count - from) }, newId);
    await longQuery(
      pool,
      `insert into contact (id, workspace_id, shard, external_id, phone, first_name, attributes, consents)
       select x.id, $1, x.shard, 'user-' || $4::integer + x.n - 1, '+1' || 2000000000 + $4::integer + x.n, 'Ana', '{"score": 700}', $5
       from unnest($2::uuid[], $3::smallint[]) with ordinality x(id, shard, n)`,
      [world.workspaceId, ids, ids.map((id) => shardOf(world.workspaceId, id)), from, consents],
    );
  }
}

/** Events of the first `count` people in the queue, as the event door puts them there. */
export async function seedEvents(
  pool: pg.Pool,
  world: SampleWorld,
  count: number,
  name = "bench.event",
): Promise<void> {
  await longQuery(
    pool,
    `with x as materialized (
       select c.*, uuidv7() as event_id from (select * from contact where workspace_id = $1 order by id limit $2) c
     ), stored as (
       insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at)
       select event_id, now(), workspace_id, shard, id, event_id::text, 'track', $3,
         '{"amount": 105000, "currency": "XOF", "merchant": "Marché Kermel"}', now()
       from x
     )
     insert into signal_queue (workspace_id, shard, contact_id, payload, event_id, created_at)
     select workspace_id, shard, id, '{"kind": "event"}', event_id, now() from x`,
    [world.workspaceId, count, name],
  );
}

/** A flow in which people sleep for a month, again and again: who is woken sleeps on. */
export function publishSleep(world: SampleWorld): Promise<string> {
  const data = { mode: "duration", duration: { amount: 30, unit: "days" } };
  return world.publish(
    "bench.sleep",
    [
      { id: "first", type: "wait", data },
      { id: "second", type: "wait", data },
    ],
    [
      ["start", "next", "first"],
      ["first", "next", "second"],
      ["second", "next", "first"],
    ],
  );
}

/** The last `count` people of the workspace sleep in the flow, until some moment between a day and a month from now. */
export async function seedSleepers(pool: pg.Pool, world: SampleWorld, flowId: string, count: number): Promise<void> {
  const now = Date.now();
  const event = { id: newId(), name: "bench.sleep", properties: {}, at: now };
  const state = {
    status: "waiting",
    nodeId: "first",
    visit: 2,
    visitsByNode: { start: 1, first: 1 },
    wait: { wakeAt: now + 30 * 86_400_000 },
    event,
    key: null,
    enteredAt: now,
    values: {},
    sent: [],
    endReason: null,
    endNote: null,
    goalAt: null,
  };
  await longQuery(
    pool,
    `insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, node_id, state,
                             wake_at, entered_at, trace_count)
     select uuidv7(), c.workspace_id, c.shard, $2, f.version_id, c.id, '', $3, 'waiting', 'first', $4,
            now() + interval '1 day' + random() * interval '29 days', now(), 2
     from (select * from contact where workspace_id = $1 order by id desc limit $5) c join flow f on f.id = $2`,
    [world.workspaceId, flowId, event.id, state, count],
  );
}

/** Without the pool's limit of 30 s a statement. */
async function longQuery(pool: pg.Pool, text: string, values: unknown[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0");
    await client.query(text, values);
  } finally {
    await client.query("reset statement_timeout");
    client.release();
  }
}

/** Queued messages of the lowest lane, as a campaign leaves them: to everybody, in turns. */
export async function seedMarketing(pool: pg.Pool, world: SampleWorld, count: number): Promise<void> {
  const request = {
    template: "hello",
    purpose: "marketing",
    values: { first_name: "Ana" },
    links: {},
    sendingHours: null,
  };
  await longQuery(
    pool,
    `with x as (
       select uuidv7() as id, p.id as contact_id, p.shard
       from (select id, shard from contact where workspace_id = $1) p
       cross join generate_series(1, 1 + $2::integer / greatest(1, (select count(*)::integer from contact where workspace_id = $1)))
       limit $2
     ), messages as (
       insert into message (id, workspace_id, shard, contact_id, direction, node_id, purpose, type, template, status, created_at)
       select id, $1, shard, contact_id, 'outbound', 'send', 'marketing', 'template', 'hello', 'queued', now() from x
     )
     insert into outbox (message_id, workspace_id, shard, contact_id, lane, request, not_before, created_at)
     select id, $1, shard, contact_id, 3, $3, now(), now() from x`,
    [world.workspaceId, count, request],
  );
}

/** As after some time of running: statistics are there, and no vacuum starts in the middle of a measurement. */
export async function settleDown(pool: pg.Pool): Promise<void> {
  await longQuery(pool, "vacuum analyze", []);
  await longQuery(pool, "checkpoint", []);
}
