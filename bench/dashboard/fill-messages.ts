import type pg from "pg";
import { report } from "../engine/print.ts";

const sliceRows = 500_000;
/** Three things happen on a path for each message. */
const tracesEach = 3;

/** Drawn by the row's number and what is drawn of it, so that every run has the same messages. */
const chance = `
  create or replace function chance(i bigint, what bigint) returns float8 language sql immutable as
  $$ select (hashint8extended(i, what) & 1048575) / 1048576.0 $$`;

const at = "now() - ($4::float8 - i) / $4::float8 * make_interval(days => $5::integer)";
/** Ids ascend with time, as real ones do. */
const idOf = (moment: string) =>
  `(lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid`;

/**
 * Messages of one workspace over so many days: 12 flows of 4 sending steps, 3 languages, 6 countries, 2 numbers, with what becomes of
 * messages. Every fifth goal tells what it was worth.
 */
const insertMessages = `
  insert into message (id, workspace_id, shard, contact_id, channel_id, direction, flow_id, version_id, node_id, purpose, country, type,
                       template, language, status, reason, error_code, cost_micros, cost_currency, created_at, sent_at, delivered_at,
                       read_at, clicked_at, replied_at, converted_at, value_minor, value_currency, opted_out_at, score)
  select ${idOf("at")}, $1::uuid, 0, md5('person' || i % 200000)::uuid, md5('channel' || i % 2)::uuid, 'outbound', md5('flow' || flow)::uuid,
         md5('version' || flow)::uuid, 'step-' || flow % 4 || i % 4, case when flow < 5 then 'marketing' else 'service' end,
         (array['SN', 'CI', 'CO', 'FR', 'IN', 'GH'])[1 + (chance(i, 1) * 6)::integer % 6], 'template', 'template_' || flow || '_' || i % 4,
         (array['en', 'fr', 'es'])[1 + (chance(i, 2) * 3)::integer % 3],
         case when fate < 0.025 then 'skipped' when fate < 0.065 then 'failed' when fate < 0.75 then 'read' else 'delivered' end,
         case when fate < 0.025 then (array['frequency-cap', 'no-consent', 'opt-out'])[1 + i % 3] when fate < 0.065 then 'undelivered' end,
         case when fate between 0.025 and 0.065 then (array[131026, 131049])[1 + i % 2] end, 4600, 'USD', at,
         case when fate >= 0.025 then at + interval '1 second' end, case when fate >= 0.065 then at + interval '4 seconds' end,
         case when fate >= 0.065 and fate < 0.75 then at + interval '9 minutes' end,
         case when fate >= 0.065 and chance(i, 3) < 0.16 then at + interval '25 minutes' end,
         case when fate >= 0.065 and chance(i, 4) < 0.08 then at + interval '40 minutes' end,
         case when fate >= 0.065 and goal < 0.21 then at + interval '2 hours' end,
         case when fate >= 0.065 and goal < 0.042 then 45000000 end, case when fate >= 0.065 and goal < 0.042 then 'COP' end,
         case when fate >= 0.065 and chance(i, 5) < 0.0028 then at + interval '1 hour' end,
         case when fate >= 0.065 and chance(i, 6) < 0.01 then 1 + i % 5 end
  from (
    select i, ${at} as at, (chance(i, 7) ^ 1.5 * 12)::integer % 12 as flow, chance(i, 8) as fate, chance(i, 9) as goal
    from generate_series($2::bigint, $3::bigint) i
  ) drawn`;

const insertTraces = `
  insert into trace (enrollment_id, at, ordinal, workspace_id, contact_id, flow_id, version_id, visit, node_id, kind, handle, detail)
  select id, at, n, $1::uuid, person, flow, version, n, 'step-' || n, (array['waiting', 'left', 'ended'])[n], 'next', '{}'
  from (
    select ${idOf("at")} as id, at, md5('person' || i % 200000)::uuid as person, md5('flow' || i % 12)::uuid as flow, md5('version' || i % 12)::uuid as version
    from (select i, ${at} as at from generate_series($2::bigint, $3::bigint) i) paths
  ) path cross join generate_series(1, ${tracesEach}) n`;

export type Size = { messages: number; days: number };

/**
 * Fills the tables as time would have, without counting on the way: how long that takes is measured apart. Messages and paths side by
 * side, and the indexes that are no keys are made at the end: row by row they took five times as long.
 */
export async function fillMessages(pool: pg.Pool, workspaceId: string, size: Size): Promise<void> {
  await pool.query(chance);
  await pool.query("alter table message disable trigger user");
  const { rows: indexes } = await pool.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = 'message'::regclass and not exists (select from pg_constraint where conindid = indexrelid)`);
  for (const { name } of indexes) await pool.query(`drop index ${name}`);
  const tell = (what: string, each: number) => (until: number) =>
    report(`${(until * each).toLocaleString("en")} ${what}, ${Math.round(performance.now() / 1000)} s`);
  await Promise.all([
    fill(pool, { text: insertMessages, workspaceId, size, tell: tell("messages", 1) }),
    fill(pool, { text: insertTraces, workspaceId, size, tell: tell("rows of paths", tracesEach) }),
  ]);
  for (const { name, definition } of indexes) {
    report(`Making the index ${name} ...`);
    await without(pool, definition);
  }
  await pool.query("alter table message enable trigger user");
  report("Vacuuming ...");
  await without(pool, "vacuum analyze message");
}

type Filling = { text: string; workspaceId: string; size: Size; tell: (until: number) => void };

async function fill(pool: pg.Pool, { text, workspaceId, size: { messages, days }, tell }: Filling): Promise<void> {
  for (let from = 1; from <= messages; from += sliceRows) {
    const until = Math.min(messages, from + sliceRows - 1);
    await without(pool, text, [workspaceId, from, until, messages, days]);
    tell(until);
  }
}

/** Without a limit of time. */
async function without(pool: pg.Pool, text: string, values?: unknown[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0");
    await client.query(text, values);
  } finally {
    await client.query("reset statement_timeout");
    client.release();
  }
}
