import { sql } from "drizzle-orm";
import type { broadcastStates } from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import { FlowSettings, type Graph } from "#flow/graph.ts";
import { nextOccurrence } from "#flow/schedule.ts";
import type { Actor } from "../trpc.ts";

export type BroadcastState = (typeof broadcastStates)[number];

type Row = {
  flow_id: string;
  flow_name: string;
  flow_status: string;
  segment_id: string;
  segment_name: string | null;
  occurrence: string;
  due_at: Date;
  people: number | null;
  entered: number;
  per_minute: number | null;
  states: BroadcastState[];
  zones: number;
  started_at: Date;
  ended_at: Date | null;
};

/**
 * The newest broadcasts, the zones of one time together, and the next times of running flows. `state` is that of the zone that is
 * least far: as long as one runs, all of it does.
 */
export async function listBroadcasts({ db, session, clock }: Actor) {
  const { rows } = await db.execute<Row>(sql`
    select b.flow_id, f.name as flow_name, f.status as flow_status, (array_agg(b.segment_id))[1] as segment_id, max(s.name) as segment_name,
           b.occurrence, min(b.due_at) as due_at, sum(b.people)::int as people, sum(b.entered)::int as entered, max(b.per_minute) as per_minute,
           array_agg(distinct b.state) as states, count(*)::int as zones, min(b.started_at) as started_at,
           case when bool_and(b.ended_at is not null) then max(b.ended_at) end as ended_at
    from broadcast b join flow f on f.id = b.flow_id left join segment s on s.id = b.segment_id
    where b.workspace_id = ${session.workspaceId}
    group by b.flow_id, f.name, f.status, b.occurrence
    order by min(b.started_at) desc limit 50`);
  const order: BroadcastState[] = ["running", "paused", "stopped", "done", "missed"];
  const broadcasts = rows.map((row) => ({
    flow: { id: row.flow_id, name: row.flow_name, status: row.flow_status },
    segment: { id: row.segment_id, name: row.segment_name },
    occurrence: row.occurrence,
    dueAt: new Date(row.due_at),
    people: row.people,
    entered: row.entered,
    perMinute: row.per_minute,
    zones: row.zones,
    state: order.find((state) => row.states.includes(state)) ?? "done",
    startedAt: new Date(row.started_at),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at),
  }));
  return { broadcasts, planned: await readPlanned({ db, session, clock }) };
}

/** When running flows start next, by the workspace's clock. */
async function readPlanned({ db, session, clock }: Pick<Actor, "db" | "session" | "clock">) {
  const { rows } = await db.execute<{
    id: string;
    name: string;
    graph: Graph;
    timezone: string;
    segment_name: string | null;
  }>(sql`
    select f.id, f.name, v.graph, w.timezone from flow f join flow_version v on v.id = f.version_id join workspace w on w.id = f.workspace_id
    where f.workspace_id = ${session.workspaceId} and f.status = 'active' and v.trigger_event = 'schedule.due'
    order by f.name limit 50`);
  return rows.flatMap(({ id, name, graph, timezone }) => {
    const by = compile({ ...graph, settings: FlowSettings.parse(graph.settings) }).trigger?.by;
    if (by?.kind !== "schedule") return [];
    const next = nextOccurrence(by.schedule, timezone, clock.now().getTime());
    return next ? [{ flow: { id, name }, segmentId: by.segmentId, clock: by.clock, at: new Date(next.at) }] : [];
  });
}
