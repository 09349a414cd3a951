import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { engineUrl } from "../engine-url.ts";
import { noFence } from "../lease.ts";
import { creditMessages } from "../rollup/credit-messages.ts";
import { foldCounts } from "../rollup/fold-counts.ts";
import { foldTallies } from "../rollup/fold-tallies.ts";
import { SampleWorld } from "../sample-world.ts";
import { TurnGiver } from "../turns/turn-giver.ts";

const rows = 20_000;

let database: TestDatabase;
let worker: ReturnType<typeof connect>;
beforeAll(async () => {
  database = await createTestDatabase();
  const world = new SampleWorld(database);
  await world.build();
  await world.publish("go", [], []);
  // A join by the planner's guess of one row takes 20 s and more; what is asserted here takes less than a tenth of a second.
  const backstops = { statementMs: 3_000 };
  worker = connect(engineUrl(database.url), { name: "worker", max: 2, onError: () => undefined, backstops });
});
afterAll(async () => {
  await worker.pool.end();
  await database.drop();
});

const id = "gen_random_uuid()";
const queues = {
  flow_tally_change: `
    insert into flow_tally_change (workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n)
    select f.workspace_id, f.id, '2026-11-20', f.version_id, 'ask', 'left', 'next', 'fr', 1 from generate_series(1, ${rows}), flow f`,
  message_change: `
    insert into message_change (quarter, workspace_id, made, sent, delivered, read, clicked, replied, tapped, acted, converted, opted_out,
                                failed, limited, skipped, rated, satisfied, conversed, automated, cost_micros)
    select now() - n * interval '15 minutes', w.id, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4600
    from generate_series(1, ${rows}) n, workspace w`,
  message_credit: `
    insert into message_credit (kind, workspace_id, contact_id, enrollment_id, at)
    select 'conversion', ${id}, ${id}, ${id}, now() from generate_series(1, ${rows})`,
  turn: `
    insert into turn (workspace_id, shard, flow_id, node_id, contact_id, enrollment_id, visit, people, period_ms)
    select f.workspace_id, 0, f.id, 'slow', ${id}, ${id}, 1, ${rows}, 60000 from generate_series(1, ${rows}), flow f`,
};

/** Filled again after it was found empty: its pages are there, and its statistics say that they hold nothing. */
async function refill(queue: keyof typeof queues): Promise<void> {
  const { pool } = database;
  await pool.query(`alter table ${queue} set (autovacuum_enabled = false)`);
  await pool.query(queues[queue]);
  await pool.query(`delete from ${queue}`);
  await pool.query(`vacuum (analyze, truncate off) ${queue}`);
  await pool.query(queues[queue]);
}

const left = async (queue: keyof typeof queues): Promise<number> =>
  (await database.pool.query<{ n: number }>(`select count(*)::int as n from ${queue}`)).rows[0]?.n ?? 0;

test("counts of steps are added up from a queue that was empty when it was last looked at", async () => {
  await refill("flow_tally_change");
  expect(await foldTallies(worker.pool)).toBe(rows);
  expect(await left("flow_tally_change")).toBe(0);
});

test("counts of messages are added up from a queue that was empty when it was last looked at", async () => {
  await database.pool.query("update workspace set counted_zone = timezone");
  await refill("message_change");
  expect(await foldCounts(worker.pool)).toBe(rows);
  expect(await left("message_change")).toBe(0);
});

test("messages are credited from a queue that was empty when it was last looked at", async () => {
  await refill("message_credit");
  expect(await creditMessages(worker.pool, 0)).toBe(1_000);
  expect(await left("message_credit")).toBe(rows - 1_000);
});

test("turns are given in a line that was empty when it was last looked at", async () => {
  await refill("turn");
  const clock = { now: () => new Date() };
  const giver = new TurnGiver({ pool: worker.pool, clock, log: pino({ level: "silent" }), fence: noFence });
  expect(await giver.give()).toEqual({ told: 0, hasMore: true });
  expect(await left("turn")).toBe(rows - 2_000);
});
