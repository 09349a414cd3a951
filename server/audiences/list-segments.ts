import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { segment, user } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";

/** A flow that a segment starts; `isRunning`: its people come in as things stand. */
export type UsingFlow = { id: string; name: string; isRunning: boolean };

/** The workspace's segments, the last changed first, each with the flows that it starts. */
export async function listSegments({ db, session }: Actor) {
  const { workspaceId } = session;
  const rows = await db
    .select({
      id: segment.id,
      name: segment.name,
      rule: segment.rule,
      people: segment.people,
      countedAt: segment.countedAt,
      updatedAt: segment.updatedAt,
      updatedBy: user.name,
    })
    .from(segment)
    .leftJoin(user, eq(user.id, segment.updatedBy))
    .where(and(eq(segment.workspaceId, workspaceId), isNull(segment.archivedAt)))
    .orderBy(desc(segment.updatedAt), desc(segment.id));
  const using = await readUsingFlows(db, workspaceId);
  return { rows: rows.map((row) => ({ ...row, flows: using.get(row.id) ?? [] })) };
}

/** The flows that name a segment, by the segment's id: in their running version or, where it is not that one, in their draft. */
export async function readUsingFlows(db: Queryable, workspaceId: string): Promise<Map<string, UsingFlow[]>> {
  const { rows } = await db.execute<{ segment_id: string; id: string; name: string; is_running: boolean }>(sql`
    select node -> 'data' ->> 'segment' as segment_id, f.id, f.name, bool_or(source.is_running) as is_running
    from flow f
    left join flow_version v on v.id = f.version_id
    cross join lateral (values (f.draft, false), (v.graph, f.status in ('active', 'paused', 'held'))) as source (graph, is_running)
    cross join lateral jsonb_array_elements(source.graph -> 'nodes') node
    where f.workspace_id = ${workspaceId} and f.status <> 'archived' and node -> 'data' ->> 'segment' <> ''
    group by 1, 2, 3 order by f.name`);
  const using = new Map<string, UsingFlow[]>();
  for (const { segment_id: segmentId, id, name, is_running: isRunning } of rows)
    using.set(segmentId, [...(using.get(segmentId) ?? []), { id, name, isRunning }]);
  return using;
}
