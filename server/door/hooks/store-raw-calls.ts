import type { Pool } from "pg";

/** A provider's call whose signature was right. */
export type RawCall = { id: string; workspaceId: string; channelId: string; body: Buffer; receivedAt: string };

/** One statement for all calls that came together; the engine is woken when it commits. */
const storeSql = `
with stored as (
  insert into raw_webhook (id, received_at, workspace_id, channel_id, body)
  select * from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::bytea[])
  returning id
)
select case when count(*) > 0 then pg_notify('chasqui_webhook', '')::text end from stored`;

/** Stores calls as they came. There is nothing in raw bytes that the database could refuse, so it is all or an error. */
export async function storeRawCalls(pool: Pool, calls: RawCall[]): Promise<ReadonlySet<RawCall>> {
  await pool.query({
    name: "door-store-raw-calls",
    text: storeSql,
    values: [
      calls.map((call) => call.id),
      calls.map((call) => call.receivedAt),
      calls.map((call) => call.workspaceId),
      calls.map((call) => call.channelId),
      calls.map((call) => call.body),
    ],
  });
  return new Set();
}
