import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Clock } from "#server/clock.ts";

/** A batch that began before the publish may still bring somebody; none lasts longer than this. */
const openAtLeast = "60 seconds";

type Finished = { id: string; workspace_id: string; flow_id: string; moved: number; exited: number };

/** Closes the moves that have nobody left, and tells the audit log how many people each brought over. Answers how many it closed. */
export const closeMoves = (db: Database, clock: Clock): Promise<number> =>
  db.transaction(async (tx) => {
    const now = clock.now().toISOString();
    const { rows } = await tx.execute<Finished>(sql`
      update flow_move m set finished_at = ${now}
      where m.finished_at is null and m.created_at < ${now}::timestamptz - ${openAtLeast}::interval and not exists (
        select 1 from jsonb_to_recordset(m.plan->'steps') as s("versionId" uuid, "nodeId" text, act text)
        join enrollment e on e.flow_id = m.flow_id and e.node_id = s."nodeId" and e.version_id = s."versionId"
          and e.status = 'waiting' and e.move_id is distinct from m.id
        where s.act <> 'keep')
      returning m.id, m.workspace_id, m.flow_id, m.moved, m.exited`);
    for (const { id, workspace_id: workspaceId, flow_id: flowId, moved, exited } of rows)
      await recordAudit(
        tx,
        { clock, actor: "system", workspaceId },
        { action: "move-people", subject: "flow", subjectId: flowId, detail: { moveId: id, moved, exited } },
      );
    return rows.length;
  });
