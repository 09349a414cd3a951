import type pg from "pg";
import type { Rule } from "#flow/rule.ts";
import { peopleSql } from "#server/audiences/people-sql.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import type { OpenedFlows } from "./opened-flows.ts";
import { questionOf, type WorkspaceRow, workspaceColumns } from "./people-question.ts";

/** How the members of a segment are kept. `peoplePerLook`: how many are looked at in one transaction. */
export const watchLimits = { peoplePerLook: 2_000, roundEveryMs: 300_000 };

/**
 * Keeps who is in each segment that a running flow waits for, and tells who came and who left, each once: the membership, the event and
 * its signal are written together. People who changed are looked at within seconds; all of them in rounds, since time passes and events
 * come without a change. The first round, and the first after the rule was changed, tells nothing: nobody came or went.
 * Answers how many events it made, and whether there is more to look at right now.
 */
export async function watchSegments(
  pool: pg.Pool,
  now: Date,
  flows: OpenedFlows,
  limits = watchLimits,
): Promise<{ told: number; hasMore: boolean }> {
  const watched = await flows.read(pool, "segment");
  const ids = [...new Set(watched.map(({ by }) => by.segmentId))];
  await query(pool, forgetUnwatched, [ids]);
  let told = 0;
  let hasMore = false;
  for (const segmentId of ids) {
    const looked = await inTransaction(pool, (client) => lookAt(client, { segmentId, now, limits }));
    told += looked.told;
    hasMore ||= looked.hasMore;
  }
  return { told, hasMore };
}

const forgetUnwatched: Statement = {
  name: "segments-unwatched",
  text: `
    with unwatched as (delete from segment_watch where segment_id <> all($1::uuid[]) returning segment_id)
    delete from segment_member where segment_id in (select segment_id from unwatched)`,
};

const startWatch: Statement = {
  name: "segments-start-watch",
  text: `
    insert into segment_watch (segment_id, workspace_id, revision, is_silent, round_started_at, changed_at)
    select s.id, s.workspace_id, s.revision, true, $2, $2 from segment s where s.id = $1
    on conflict do nothing`,
};

const lockWatch: Statement = {
  name: "segments-lock-watch",
  text: `
    select x.revision, x.is_silent, x.cursor, x.round_started_at, x.round_ended_at, x.changed_at, x.changed_id,
           s.revision as wanted, s.rule, s.name, ${workspaceColumns}
    from segment_watch x join segment s on s.id = x.segment_id join workspace w on w.id = s.workspace_id
    where x.segment_id = $1
    for update of x skip locked`,
};

const keepWatch: Statement = {
  name: "segments-keep-watch",
  text: `
    update segment_watch
    set revision = $2, is_silent = $3, cursor = $4, round_started_at = $5, round_ended_at = $6, changed_at = $7, changed_id = $8
    where segment_id = $1`,
};

/** A second is left to those who are still committing a change of that moment; whoever is slower is found by the round. */
const readChanged: Statement = {
  name: "segments-changed",
  text: `
    select id, updated_at from contact
    where workspace_id = $1 and (updated_at, id) > ($2::timestamptz, coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'))
      and updated_at <= $4::timestamptz - interval '1 second'
    order by updated_at, id limit $5`,
};

const readNext: Statement = {
  name: "segments-next",
  text: `
    select id from contact
    where workspace_id = $1 and id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') order by id limit $3`,
};

type WatchRow = WorkspaceRow & {
  revision: number;
  is_silent: boolean;
  cursor: string | null;
  round_started_at: Date;
  round_ended_at: Date | null;
  changed_at: Date;
  changed_id: string | null;
  wanted: number;
  rule: Rule;
  name: string;
};

type Look = { segmentId: string; now: Date; limits: typeof watchLimits };

async function lookAt(client: pg.PoolClient, look: Look): Promise<{ told: number; hasMore: boolean }> {
  const { segmentId, now, limits } = look;
  await query(client, startWatch, [segmentId, now]);
  const [stored] = await query<WatchRow>(client, lockWatch, [segmentId]);
  // Another worker looks at it, or somebody has deleted it.
  if (!stored) return { told: 0, hasMore: false };
  const watch = startRound(stored, look);
  const changed = watch.round_ended_at
    ? await query<{ id: string; updated_at: Date }>(client, readChanged, [
        ...[watch.workspace_id, watch.changed_at, watch.changed_id, now, limits.peoplePerLook],
      ])
    : [];
  const isUnderWay = watch.round_ended_at === null || watch.cursor !== null || watch.round_started_at === now;
  const next = isUnderWay
    ? await query<{ id: string }>(client, readNext, [watch.workspace_id, watch.cursor, limits.peoplePerLook])
    : [];
  const told = await tellDifference(client, watch, { ...look, ids: [...changed, ...next].map(({ id }) => id) });
  const last = changed.at(-1);
  const isOver = isUnderWay && next.length < limits.peoplePerLook;
  await query(client, keepWatch, [
    ...[segmentId, watch.revision, watch.is_silent && !isOver, isOver ? null : (next.at(-1)?.id ?? watch.cursor)],
    ...[watch.round_started_at, isOver ? now : watch.round_ended_at],
    ...[last?.updated_at ?? watch.changed_at, last?.id ?? watch.changed_id],
  ]);
  return { told, hasMore: (isUnderWay && !isOver) || changed.length === limits.peoplePerLook };
}

/** Begins a silent round where the rule is another one, and a usual one where the last is long enough ago. */
function startRound(watch: WatchRow, { now, limits }: Look): WatchRow {
  if (watch.revision !== watch.wanted) {
    const anew = { cursor: null, round_started_at: now, round_ended_at: null, changed_at: now, changed_id: null };
    return { ...watch, ...anew, revision: watch.wanted, is_silent: true };
  }
  const isDue =
    watch.round_ended_at !== null && now.getTime() - watch.round_started_at.getTime() >= limits.roundEveryMs;
  return isDue && watch.cursor === null ? { ...watch, round_started_at: now } : watch;
}

/** Of these people: who is in and was not, and who was and is not. */
async function tellDifference(
  client: pg.ClientBase,
  watch: WatchRow,
  { segmentId, now, ids }: Look & { ids: string[] },
): Promise<number> {
  if (ids.length === 0) return 0;
  const { joins, conditions, params } = peopleSql([watch.rule], questionOf(watch, now));
  const at = (place: number) => `$${params.length + place}`;
  const { rows } = await client.query<{ told: number }>(
    `with looked as materialized (select distinct id from unnest(${at(1)}::uuid[]) as given (id)
    ), inside as materialized (
      select c.id from contact c ${joins} where c.id in (select id from looked) and ${conditions[0]}
    ), came as (
      insert into segment_member (segment_id, contact_id, since) select ${at(2)}::uuid, id, ${at(3)}::timestamptz from inside
      on conflict do nothing returning contact_id
    ), gone as (
      delete from segment_member m using looked
      where m.segment_id = ${at(2)}::uuid and m.contact_id = looked.id and m.contact_id not in (select id from inside)
      returning m.contact_id
    ), news as materialized (
      select gen_random_uuid() as event_id, told.name, c.id, c.shard
      from (select contact_id, 'segment.entered' as name from came union all select contact_id, 'segment.left' from gone) told
      join contact c on c.id = told.contact_id
      where not ${at(4)}::boolean
    ), stored as (
      insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at)
      select event_id, ${at(3)}::timestamptz, ${at(5)}::uuid, shard, id, event_id::text, 'system', name,
             jsonb_build_object('segmentId', ${at(2)}::uuid, 'segment', ${at(6)}::text), ${at(3)}::timestamptz
      from news
    ), queued as (
      insert into signal_queue (workspace_id, shard, contact_id, payload, event_id, created_at)
      select ${at(5)}::uuid, shard, id, '{"kind": "event"}', event_id, ${at(3)}::timestamptz from news
    )
    select count(*)::int as told from news`,
    [...params, ids, segmentId, now, watch.is_silent, watch.workspace_id, watch.name],
  );
  return rows[0]?.told ?? 0;
}
