import type pg from "pg";
import { report } from "../engine/print.ts";

const sliceRows = 250_000;
/** Three things happen on a path for each message. */
const tracesEach = 3;

const chance = `
  create or replace function chance(i bigint, what text) returns float8 language sql immutable as
  $$ select (hashtextextended(i::text || what, 7) & 1048575) / 1048576.0 $$`;

/**
 * Messages of one workspace over so many days: 12 flows of 4 sending steps, 3 languages, 6 countries, 2 numbers, with what becomes of
 * messages. Ids ascend with time, as real ones do.
 */
const insertMessages = `
  insert into message (id, workspace_id, shard, contact_id, channel_id, direction, flow_id, version_id, node_id, purpose, country, type,
                       template, language, status, reason, error_code, cost_micros, cost_currency, created_at, sent_at, delivered_at,
                       read_at, clicked_at, replied_at, converted_at, opted_out_at, score)
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
         $1::uuid, 0, md5('person' || i % 200000)::uuid, md5('channel' || i % 2)::uuid, 'outbound', md5('flow' || flow)::uuid,
         md5('version' || flow)::uuid, 'step-' || flow % 4 || i % 4, case when flow < 5 then 'marketing' else 'service' end,
         (array['SN', 'CI', 'CO', 'FR', 'IN', 'GH'])[1 + (chance(i, 'country') * 6)::integer % 6], 'template', 'template_' || flow || '_' || i % 4,
         (array['en', 'fr', 'es'])[1 + (chance(i, 'language') * 3)::integer % 3],
         case when fate < 0.025 then 'skipped' when fate < 0.065 then 'failed' when fate < 0.75 then 'read' else 'delivered' end,
         case when fate < 0.025 then (array['frequency-cap', 'no-consent', 'opt-out'])[1 + i % 3] when fate < 0.065 then 'undelivered' end,
         case when fate between 0.025 and 0.065 then (array[131026, 131049])[1 + i % 2] end, 4600, 'USD', at,
         case when fate >= 0.025 then at + interval '1 second' end, case when fate >= 0.065 then at + interval '4 seconds' end,
         case when fate >= 0.065 and fate < 0.75 then at + interval '9 minutes' end,
         case when fate >= 0.065 and chance(i, 'click') < 0.16 then at + interval '25 minutes' end,
         case when fate >= 0.065 and chance(i, 'reply') < 0.08 then at + interval '40 minutes' end,
         case when fate >= 0.065 and chance(i, 'goal') < 0.21 then at + interval '2 hours' end,
         case when fate >= 0.065 and chance(i, 'stop') < 0.0028 then at + interval '1 hour' end,
         case when fate >= 0.065 and chance(i, 'asked') < 0.01 then 1 + i % 5 end
  from (
    select i, now() - ($4::float8 - i) / $4::float8 * make_interval(days => $5::integer) as at, (chance(i, 'flow') ^ 1.5 * 12)::integer % 12 as flow,
           chance(i, 'fate') as fate
    from generate_series($2::bigint, $3::bigint) i
  ) drawn`;

const insertTraces = `
  insert into trace (enrollment_id, at, ordinal, workspace_id, contact_id, flow_id, version_id, visit, node_id, kind, handle, detail)
  select md5('enrollment' || i)::uuid, now() - ($4::float8 - i) / $4::float8 * make_interval(days => $5::integer), n, $1::uuid,
         md5('person' || i % 200000)::uuid, md5('flow' || i % 12)::uuid, md5('version' || i % 12)::uuid, n, 'step-' || n,
         (array['waiting', 'left', 'ended'])[n], 'next', '{}'
  from generate_series($2::bigint, $3::bigint) i cross join generate_series(1, ${tracesEach}) n`;

export type Size = { messages: number; days: number };

/** Fills the tables as time would have, without counting on the way: how long that takes is measured apart. */
export async function fillMessages(pool: pg.Pool, workspaceId: string, { messages, days }: Size): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0");
    await client.query(chance);
    await client.query("alter table message disable trigger user");
    for (let from = 1; from <= messages; from += sliceRows) {
      const until = Math.min(messages, from + sliceRows - 1);
      const values = [workspaceId, from, until, messages, days];
      await client.query(insertMessages, values);
      await client.query(insertTraces, values);
      report(`${until.toLocaleString("en")} messages, ${(until * tracesEach).toLocaleString("en")} rows of paths`);
    }
    await client.query("alter table message enable trigger user");
    await client.query("vacuum analyze message");
  } finally {
    client.release();
  }
}
