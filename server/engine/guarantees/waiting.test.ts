import type pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { engineUrl } from "../engine-url.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "../signals/signal-host.ts";

const start = new Date("2026-11-22T10:00:00Z");
const hour = 3_600_000;

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ pool } = connect(engineUrl(database.url), { name: "waiting", max: 1, onError: () => undefined }));
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Pages of tables and indexes that this database has touched since it was made. */
async function pagesTouched(): Promise<number> {
  await pool.query("select pg_stat_force_next_flush()");
  const { rows } = await pool.query<{ pages: string }>(
    "select blks_hit + blks_read as pages from pg_stat_database where datname = current_database()",
  );
  return Number(rows[0]?.pages);
}

test("10. waiting costs nothing: waking 50 people touches as many pages among 40,000 sleepers as among 1,000", async () => {
  let now = start;
  const world = new SampleWorld(database);
  await world.build();
  const wait = { id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "hours" } } };
  await world.publish("enter", [wait], [["start", "next", "wait"]], { reEntry: { mode: "every-event" } });
  const people = await world.addContacts(50);
  const host = new SignalHost({ pool, clock: { now: () => now }, log: pino({ level: "silent" }) });
  async function pagesToWake(): Promise<number> {
    for (const person of people) await world.sendEvent(person, "enter");
    for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
    now = new Date(now.getTime() + hour);
    const before = await pagesTouched();
    expect(await host.applyDue()).toMatchObject({ works: 50 });
    return (await pagesTouched()) - before;
  }
  await pagesToWake();
  await addSleepers(1_000);
  const few = await pagesToWake();
  await addSleepers(39_000);
  const many = await pagesToWake();
  expect(many).toBeLessThan(few * 1.5);
});

/** Copies of an enrollment that has ended, asleep for a year. */
async function addSleepers(count: number): Promise<void> {
  await pool.query("set statement_timeout = 0");
  await pool.query(
    `insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, node_id, state, wake_at,
                             entered_at, trace_count)
     select gen_random_uuid(), workspace_id, n % 256, flow_id, version_id, gen_random_uuid(), '', gen_random_uuid(), 'waiting', 'wait',
            state, now() + interval '1 year', entered_at, 1
     from (select * from enrollment limit 1) e cross join generate_series(1, $1::integer) n`,
    [count],
  );
  await pool.query("vacuum analyze enrollment");
}
