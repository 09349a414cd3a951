import type pg from "pg";
import { option } from "../measure/options.ts";
import { median, round } from "../measure/statistics.ts";
import { showTable } from "../measure/tables.ts";

const shapes = ["plain", "by day"] as const;
type Shape = (typeof shapes)[number];
const tableOf = { plain: "event_plain", "by day": "event_by_day" } as const;
/** Days that are kept; all but the first few are empty, but every one has to be looked into. */
const keptDays = 90;

/**
 * Events in one table and in one partition a day: what it costs to insert, to read a person's newest, and to forget the oldest
 * day (delete at once, delete in slices, drop).
 */
export async function measureRetention(pool: pg.Pool) {
  const rows = option("rows", 1_000_000);
  await pool.query("drop table if exists event_plain, event_by_day");
  await pool.query("create table event_plain (like event including all)");
  await pool.query("create table event_by_day (like event including all) partition by range (received_at)");
  for (let day = 0; day < keptDays; day += 1)
    await pool.query(
      `create table event_day_${day} partition of event_by_day for values from ('${dayOf(day)}') to ('${dayOf(day + 1)}')`,
    );
  const inserts: Record<string, number> = {};
  for (const shape of shapes) {
    await fill(pool, shape, 0, rows);
    for (const day of [1, 2]) await fill(pool, shape, day, rows / 4);
    inserts[shape] = await insertCost(pool, shape);
  }
  await pool.query("vacuum analyze event_plain");
  await pool.query("vacuum analyze event_by_day");
  const reads: Record<string, number> = {};
  for (const shape of shapes) reads[shape] = await readCost(pool, shape);
  const forget = await forgetCosts(pool);
  showTable(`Events, ${rows.toLocaleString("en")} on the oldest of ${keptDays} days`, [
    ["", "plain", "by day"],
    ["insert, us a row (batches of 500)", inserts.plain ?? 0, inserts["by day"] ?? 0],
    ["a person's newest 20 events, ms", reads.plain ?? 0, reads["by day"] ?? 0],
  ]);
  showTable("Forgetting that day", [
    ["", "s", "WAL MB", "longest statement ms"],
    ...Object.entries(forget).map(([name, it]) => [name, it.seconds, it.walMegabytes, it.longestMs]),
  ]);
  return { rows, inserts, reads, forget };
}

const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);

const insertRows = (shape: Shape, day: number, rows: string) => `
  insert into ${tableOf[shape]} (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at)
  select gen_random_uuid(), '${dayOf(day)}'::timestamptz + random() * interval '23 h', gen_random_uuid(), n % 256,
         ('00000000-0000-7000-8000-' || lpad((n % 50000)::text, 12, '0'))::uuid, 'message-' || n, 'track', 'loan.offered',
         jsonb_build_object('amount', n, 'currency', 'XOF', 'product', 'pre-approved', 'branch', 'Dakar Plateau'), now()
  from generate_series(1, ${rows}) n`;

async function fill(pool: pg.Pool, shape: Shape, day: number, rows: number): Promise<void> {
  const slice = 100_000;
  for (let done = 0; done < rows; done += slice)
    await pool.query(insertRows(shape, day, String(Math.min(slice, rows - done))));
}

async function insertCost(pool: pg.Pool, shape: Shape): Promise<number> {
  const times: number[] = [];
  for (let batch = 0; batch < 60; batch += 1) {
    const began = performance.now();
    await pool.query(insertRows(shape, 3, "500"));
    times.push(performance.now() - began);
  }
  return round((median(times) * 1000) / 500, 1);
}

async function readCost(pool: pg.Pool, shape: Shape): Promise<number> {
  const times: number[] = [];
  const client = await pool.connect();
  for (let person = 0; person < 300; person += 1) {
    const id = `00000000-0000-7000-8000-${String((person * 7919) % 50_000).padStart(12, "0")}`;
    const text = `select * from ${tableOf[shape]} where contact_id = $1 order by received_at desc limit 20`;
    const began = performance.now();
    await client.query({ name: `read ${shape}`, text, values: [id] });
    times.push(performance.now() - began);
  }
  client.release();
  return round(median(times), 2);
}

type Cost = { seconds: number; walMegabytes: number; longestMs: number };

async function forgetCosts(pool: pg.Pool): Promise<Record<string, Cost>> {
  await pool.query("create table event_copy (like event including all)");
  await pool.query("insert into event_copy select * from event_plain");
  const until = dayOf(1);
  return {
    "delete at once, then vacuum": await costOf(pool, [
      `delete from event_plain where received_at < '${until}'`,
      "vacuum event_plain",
    ]),
    "delete in slices of 5,000, then vacuum": await costOf(pool, [sliceOf("event_copy", until), "vacuum event_copy"]),
    "drop the partition": await costOf(pool, ["drop table event_day_0"]),
  };
}

const sliceOf = (table: string, until: string) =>
  `delete from ${table} where ctid = any(array(select ctid from ${table} where received_at < '${until}' limit 5000))`;

/** Runs the statements; one that deletes a slice again and again until it finds nothing. */
async function costOf(pool: pg.Pool, statements: readonly string[]): Promise<Cost> {
  const wal = async () => Number((await pool.query("select pg_current_wal_lsn() - '0/0' as bytes")).rows[0]?.bytes);
  const client = await pool.connect();
  await client.query("set statement_timeout = 0");
  const [walBefore, began] = [await wal(), performance.now()];
  let longestMs = 0;
  for (const text of statements) {
    for (let isDone = false; !isDone; ) {
      const from = performance.now();
      const { rowCount } = await client.query(text);
      longestMs = Math.max(longestMs, performance.now() - from);
      isDone = !text.includes("limit") || rowCount === 0;
    }
  }
  const seconds = round((performance.now() - began) / 1000, 2);
  client.release();
  return { seconds, walMegabytes: round(((await wal()) - walBefore) / 1e6), longestMs: round(longestMs) };
}
