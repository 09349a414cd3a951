import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { newId } from "#server/id.ts";
import { ChannelBook } from "../dispatch/channel-book.ts";
import { claimMessages } from "../dispatch/claim-messages.ts";
import { dueWorkspaces } from "../dispatch/claim-outbox.ts";
import { reconcile } from "../dispatch/reconcile.ts";
import { settle } from "../dispatch/settle.ts";
import { DispatchScene } from "../dispatch/test-scene.ts";
import { dispatchUrl, engineUrl } from "../engine-url.ts";
import { sampleSecret } from "../sample-world.ts";
import { TestRig } from "../test-rig.ts";

let rig: TestRig;
let scene: DispatchScene;
let pool: pg.Pool;
beforeAll(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
  // One connection, whose prepared statements keep the plans that they were given while the tables were small.
  ({ pool } = connect(dispatchUrl(rig.database.url), { name: "growing", max: 1, onError: () => undefined }));
});
afterAll(async () => {
  await pool.end();
  await rig.close();
});

test("sending 10 messages touches less than twice the pages beside 20,000 pairs and queued messages", async () => {
  await scene.sends("paid");
  const people = await rig.world.addContacts(10);
  for (const table of ["pair_pace", "outbox"]) {
    await rig.database.pool.query(`alter table ${table} set (autovacuum_enabled = false)`);
  }
  // A prepared statement has its lasting plan from the sixth time on.
  for (let turn = 0; turn < 7; turn += 1) await pagesToSend(people);
  const few = await least(() => pagesToSend(people));
  await grow(20_000);
  expect(await least(() => pagesToSend(people))).toBeLessThan(few * 2);
}, 60_000);

test("looking for what dead workers left touches no more pages beside 20,000 messages that are being sent", async () => {
  const worker = connect(engineUrl(rig.database.url), { name: "looking", max: 1, onError: () => undefined });
  try {
    const pagesToLook = async () => {
      const before = await pagesTouched(worker.pool);
      expect(await reconcile(worker.pool)).toEqual({ unknown: 0, resent: 0, released: 0 });
      return (await pagesTouched(worker.pool)) - before;
    };
    for (let turn = 0; turn < 7; turn += 1) await pagesToLook();
    const few = await least(pagesToLook);
    await pool.query(
      `insert into outbox (message_id, workspace_id, shard, contact_id, lane, status, request, created_at, not_before, claimed_by, lease_until)
       select gen_random_uuid(), w.id, 0, gen_random_uuid(), 1, 'sending', '{}', now(), now(), 'worker/claim', now() + interval '1 day'
       from generate_series(1, 20000), workspace w`,
    );
    expect(await least(pagesToLook)).toBeLessThan(few + 50);
  } finally {
    await worker.pool.end();
  }
});

/** Pages of tables and indexes that it takes to send each of them one message. */
async function pagesToSend(people: readonly string[]): Promise<number> {
  for (const person of people) await rig.world.sendEvent(person, "paid");
  await scene.applyQueued();
  // The pair's rate is not what is asked here.
  await pool.query("update pair_pace set next_at = now() - interval '1 minute'");
  const before = await pagesTouched(pool);
  const now = new Date();
  const due = (await dueWorkspaces(pool, { now })).map((each) => ({ ...each, allowance: 100 }));
  const claim = `${newId()}/${newId()}`;
  const channels = new ChannelBook(sampleSecret);
  const { toSend } = await claimMessages(pool, due, { channels, publicUrl: "http://localhost", now, claim });
  expect(toSend).toHaveLength(people.length);
  await settle(
    pool,
    toSend.map((message) =>
      scene.settled({ ...message, claim }, { kind: "sent", wamid: `wamid.${newId()}`, waId: null }),
    ),
  );
  const pages = (await pagesTouched(pool)) - before;
  const { rows } = await pool.query(
    "select 1 from outbox where status <> 'queued' union all select 1 from pair_pace where busy_until is not null",
  );
  expect(rows).toEqual([]);
  return pages;
}

/** What other connections have read is added to the count when they have been idle for a while, which may be just now: it makes no count smaller. */
async function least(pages: () => Promise<number>): Promise<number> {
  return Math.min(await pages(), await pages(), await pages());
}

/** With all that this connection has read so far. */
async function pagesTouched(own: pg.Pool): Promise<number> {
  await own.query("select pg_stat_force_next_flush()");
  const { rows } = await own.query<{ pages: string }>(
    "select sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read) as pages from pg_statio_user_tables where relname in ('outbox', 'pair_pace')",
  );
  return Number(rows[0]?.pages);
}

/** Pairs of other people, and messages to them that leave tomorrow. */
async function grow(count: number): Promise<void> {
  await pool.query(
    `insert into pair_pace (channel_id, contact_id, next_at)
     select p.channel_id, gen_random_uuid(), now() from generate_series(1, $1), (select channel_id from pair_pace limit 1) p`,
    [count],
  );
  await pool.query(
    `insert into outbox (message_id, workspace_id, shard, contact_id, lane, status, request, attempts, holds_back, created_at, not_before)
     select gen_random_uuid(), w.id, 0, gen_random_uuid(), 1, 'queued', '{}', 0, false, now(), now() + interval '1 day'
     from generate_series(1, $1), workspace w`,
    [count],
  );
}
