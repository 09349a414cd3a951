import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";

/**
 * Who wrote on a flow's draft or a template's text since it last went live, by the audit log: user ids and "api". Read there and
 * not from "changed by", which also names who paused or renamed it, and only the last one: two people who may approve could
 * otherwise pass each other's work through.
 */
export async function readAuthors(
  db: Queryable,
  { workspaceId, subjectId }: { workspaceId: string; subjectId: string },
): Promise<string[]> {
  const { rows } = await db.execute<{ actor: string }>(sql`
    select distinct actor from audit
    where workspace_id = ${workspaceId} and subject_id = ${subjectId}
      and action in ('create-flow', 'save-draft', 'create-template', 'save-template')
      and sequence > coalesce((
        select max(sequence) from audit
        where workspace_id = ${workspaceId} and subject_id = ${subjectId} and action in ('publish-flow', 'submit-template')), 0)
    order by actor`);
  return rows.map((row) => row.actor);
}
