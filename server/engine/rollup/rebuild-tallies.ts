import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/**
 * Counts everything anew from the paths and from who stands where: the same rows as were kept up on the way (`tally-book.ts`), for
 * one flow or for all. Workers that write at the same time wait until it is over. Days whose paths are forgotten would be lost by
 * it, so of those before the oldest path kept (`keepBefore`) the counts stay.
 */
export async function rebuildTallies(
  tx: Transaction,
  { flowId, keepBefore }: { flowId?: string; keepBefore?: string } = {},
) {
  // Of many paths it takes longer than a statement usually may.
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`lock table flow_tally_change in exclusive mode`);
  const mine = flowId ? sql`flow_id = ${flowId}` : sql`true`;
  const since = keepBefore ? sql`(day >= ${keepBefore}::date or kind = 'standing')` : sql`true`;
  await tx.execute(sql`delete from flow_tally_change where ${mine} and ${since}`);
  await tx.execute(sql`delete from flow_tally where ${mine} and ${since}`);
  await tx.execute(sql`
    insert into flow_tally (workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n)
    select * from (${countAnew(mine)}) as anew where ${since}`);
}

/**
 * The counts by the rows of `trace` and `enrollment` alone; `mine` is a condition on flow_id. Columns as in `flow_tally`. A visit was
 * stood on where its last "waiting" or "moved" row before says, since its first "waiting".
 */
export const countAnew = (mine: SQL): SQL => sql`
  with rows as (
    select t.enrollment_id, t.ordinal, t.workspace_id, t.flow_id, t.version_id, t.node_id, t.kind, t.visit, t.at, e.language,
           (t.at at time zone w.timezone)::date as day, t.handle, e.end_reason, (t.detail->>'recalled')::int as recalled,
           min(t.at) filter (where t.kind = 'waiting') over visit_rows as since,
           max(t.ordinal) filter (where t.kind in ('waiting', 'moved')) over before_row as stood,
           lead(t.ordinal) over (partition by t.enrollment_id, t.visit order by t.ordinal) is null as is_last,
           max(t.visit) over (partition by t.enrollment_id) as last_visit
    from (select * from trace where ${mine} and kind <> 'entered') t
    join enrollment e on e.id = t.enrollment_id join workspace w on w.id = t.workspace_id
    window visit_rows as (partition by t.enrollment_id, t.visit),
           before_row as (partition by t.enrollment_id, t.visit order by t.ordinal rows between unbounded preceding and 1 preceding)
  ), stood as (
    select o.workspace_id, o.flow_id, o.day, s.version_id, s.node_id, o.kind, o.language, o.since, o.at,
           o.kind = 'left' and o.recalled <> o.visit as is_drawn,
           o.is_last and (o.kind in ('left', 'ended') or o.kind = 'moved' and o.last_visit > o.visit) as is_over
    from rows o join rows s on s.enrollment_id = o.enrollment_id and s.ordinal = o.stood
    where o.kind in ('left', 'ended', 'moved')
  )
  select workspace_id, flow_id, day, version_id, node_id, kind,
         case kind when 'left' then coalesce(handle, '') when 'ended' then coalesce(end_reason, '') else '' end as handle,
         language, count(*) as n
  from rows group by 1, 2, 3, 4, 5, 6, 7, 8
  union all
  select workspace_id, flow_id, day, version_id, node_id, 'drawn', '', language, count(*)
  from stood where is_drawn group by 1, 2, 3, 4, 5, 8
  union all
  select workspace_id, flow_id, day, version_id, node_id, 'moved-out', '', language, count(*)
  from stood where kind = 'moved' group by 1, 2, 3, 4, 5, 8
  union all
  select workspace_id, flow_id, day, version_id, node_id, 'stay',
         round(ln(1 + greatest(0, floor(extract(epoch from (at - since))))::float8) / ln(2::float8) * 8)::int::text, language, count(*)
  from stood where is_over and since is not null group by 1, 2, 3, 4, 5, 7, 8
  union all
  select workspace_id, flow_id, date '1970-01-01', version_id, node_id, 'standing', '', language, count(*)
  from enrollment where status = 'waiting' and node_id is not null and ${mine} group by 1, 2, 4, 5, 8`;
