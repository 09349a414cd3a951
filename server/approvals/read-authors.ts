import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { approval, audit, user } from "#db/schema/index.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";

type OfSubject = { workspaceId: string; subjectId: string };

/** The acts that put words or steps into a draft. */
const writing = ["create-flow", "save-draft", "restore-version", "create-template", "save-template", "import-template"];

/**
 * Who wrote on a flow's draft or a template's text since it last went live, by the audit log: user ids and "api". Read there and
 * not from "changed by", which also names who paused or renamed it, and only the last one: two people who may approve could
 * otherwise pass each other's work through. Of a copy, those whose words were copied are authors, too.
 */
export async function readAuthors(db: Queryable, { workspaceId, subjectId }: OfSubject): Promise<string[]> {
  const { rows } = await db.execute<{ author: string }>(sql`
    with written as (
      select actor, detail from audit
      where workspace_id = ${workspaceId} and subject_id = ${subjectId}
        and action in ${writing}
        and sequence > coalesce((
          select max(sequence) from audit
          where workspace_id = ${workspaceId} and subject_id = ${subjectId} and action in ('publish-flow', 'submit-template')), 0)
    )
    select actor as author from written
    union
    select jsonb_array_elements_text(detail -> 'writtenBy') from written where jsonb_typeof(detail -> 'writtenBy') = 'array'
    order by author`);
  return rows.map((row) => row.author);
}

/** Who wrote what a copy of this begins with: the authors of the draft, and of what was approved of it last. Stands in the copy's audit row. */
export async function authorsToCopy(db: Queryable, of: OfSubject): Promise<string[]> {
  const [approved] = await db
    .select({ authors: approval.authors })
    .from(approval)
    .where(
      and(
        eq(approval.workspaceId, of.workspaceId),
        eq(approval.subjectId, of.subjectId),
        eq(approval.state, "approved"),
      ),
    )
    .orderBy(desc(approval.askedAt), desc(approval.id))
    .limit(1);
  return [...new Set([...(await readAuthors(db, of)), ...(approved?.authors ?? [])])].sort();
}

/** Who wrote on it last, and when; null for what no audit row tells of. */
export async function readLastWriter(
  db: Queryable,
  { workspaceId, subjectId }: OfSubject,
): Promise<{ name: string; at: Date } | null> {
  const [row] = await db
    .select({ name: nameOf(audit.actor), at: audit.at })
    .from(audit)
    .leftJoin(user, isPerson(audit.actor))
    .where(and(eq(audit.workspaceId, workspaceId), eq(audit.subjectId, subjectId), inArray(audit.action, writing)))
    .orderBy(desc(audit.sequence))
    .limit(1);
  return row ?? null;
}
