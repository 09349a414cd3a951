import type pg from "pg";
import { sendingOrder } from "#server/channels/sending-number.ts";
import { query, type Statement } from "../query.ts";

/** A workspace with queued messages whose sending is not held, and the number they leave by: its oldest connected one. */
export type DueWorkspace = {
  workspaceId: string;
  channelId: string | null;
  messagesPerSecond: number;
  /** How many may leave now, as far as was asked. */
  due: number;
};

/** Fraud, transaction, service, marketing. */
const allLanes = [0, 1, 2, 3] as const;
export const urgentLanes = [0, 1] as const;

/** One index probe per workspace with queued messages, however many these are, and of each lane no more than was asked for. */
const readDueWorkspaces: Statement = {
  name: "dispatch-workspaces",
  text: `
    with recursive due as (
      (select workspace_id from outbox where status = 'queued' order by workspace_id limit 1)
      union all
      select (select o.workspace_id from outbox o where o.status = 'queued' and o.workspace_id > d.workspace_id order by o.workspace_id limit 1)
      from due d where d.workspace_id is not null
    )
    select d.workspace_id, ch.id as channel_id, ch.messages_per_second, n.due
    from due d
    join workspace ws on ws.id = d.workspace_id and ws.sending_held_at is null
    left join lateral (
      select id, messages_per_second from channel where workspace_id = d.workspace_id
      order by ${sendingOrder()} limit 1
    ) ch on true
    cross join lateral (
      select count(*)::integer as due from unnest($1::smallint[]) as lanes(lane)
      cross join lateral (
        select from outbox
        where status = 'queued' and workspace_id = d.workspace_id and lane = lanes.lane and not_before <= $2 limit $3
      ) one
    ) n
    where d.workspace_id is not null`,
};

/**
 * The due rows of each workspace, first lanes first, no more than its number may send now. Per lane one index range: an
 * order by over all lanes would read past everything that is deferred. Rows that another worker holds are skipped.
 */
const lockRows: Statement = {
  name: "dispatch-claim",
  text: `
    select o.message_id
    from unnest($1::uuid[], $2::integer[]) as w(workspace_id, allowance)
    join workspace ws on ws.id = w.workspace_id and ws.sending_held_at is null
    cross join lateral (
      select due.message_id
      from unnest($4::smallint[]) with ordinality as lanes(lane, turn)
      cross join lateral (
        select message_id from outbox
        where status = 'queued' and workspace_id = w.workspace_id and lane = lanes.lane and not_before <= $3
        order by not_before limit w.allowance
        for update skip locked
      ) due
      limit w.allowance
    ) o`,
};

type Wanted = { now?: Date; most?: number; lanes?: readonly number[] };

/** Workspaces with queued messages. Without a time, those that are not due yet count too. */
export async function dueWorkspaces(
  pool: pg.Pool,
  { now, most = 1000, lanes = allLanes }: Wanted = {},
): Promise<DueWorkspace[]> {
  type Row = { workspace_id: string; channel_id: string | null; messages_per_second: number | null; due: number };
  return (await query<Row>(pool, readDueWorkspaces, [lanes, now ?? "infinity", most])).map((row) => ({
    workspaceId: row.workspace_id,
    channelId: row.channel_id,
    messagesPerSecond: row.messages_per_second ?? 80,
    due: row.due,
  }));
}

/** Locks due outbox rows until the transaction ends; answers their message ids. */
export async function claimOutbox(
  client: pg.ClientBase,
  allowances: ReadonlyMap<string, number>,
  { now, lanes = allLanes }: { now: Date; lanes?: readonly number[] },
): Promise<string[]> {
  const rows = await query<{ message_id: string }>(client, lockRows, [
    [...allowances.keys()],
    [...allowances.values()],
    now,
    lanes,
  ]);
  return rows.map((row) => row.message_id);
}
