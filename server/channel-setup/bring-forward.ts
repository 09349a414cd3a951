import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** More than a number sends in the time that a message waits before it is tried again (channelRetryMs of the gate, with its spread). */
const most = 20_000;

/**
 * A number goes on: what has waited for it need not wait for its next try. The most urgent first; the rest comes by itself before these
 * have left. Rows that somebody holds at this moment are being tried anyway.
 */
export async function bringForward(tx: Transaction, { workspaceId, now }: { workspaceId: string; now: Date }) {
  const at = now.toISOString();
  await tx.execute(sql`
    with waiting as materialized (
      select o.message_id
      from unnest(array[0, 1, 2, 3]::smallint[]) as lanes(lane)
      cross join lateral (
        select message_id from outbox
        where status = 'queued' and workspace_id = ${workspaceId} and lane = lanes.lane and not_before > ${at}::timestamptz
        order by not_before limit ${most}
        for update skip locked
      ) o
      join message m on m.id = o.message_id and m.reason = 'channel-paused'
      limit ${most}
    )
    update outbox o set not_before = ${at}::timestamptz from waiting where o.message_id = waiting.message_id`);
}
