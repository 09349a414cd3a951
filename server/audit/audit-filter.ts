import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { audit } from "#db/schema/index.ts";

export const AuditFilter = z.strictObject({
  /** A person's id, "api" or "system". */
  actor: z.string().max(60).optional(),
  action: z.string().max(60).optional(),
  /** The kind of thing: "flow". */
  subject: z.string().max(60).optional(),
  /** One thing, by its id. */
  about: z.string().max(100).optional(),
  from: z.date().optional(),
  until: z.date().optional(),
});
export type AuditFilter = z.output<typeof AuditFilter>;

/** Clocks of several processes differ by less than this. */
const slackMs = 60_000;

/**
 * What a filter asks for, of one workspace. Rows are numbered in the order of their times but for the skew of clocks, so a day is found by
 * the number of its first row (index audit_time) and read by number like everything else; the exact time decides at its edges.
 */
export function auditWhere(workspaceId: string, filter: AuditFilter): SQL | undefined {
  const { actor, action, subject, about, from, until } = filter;
  return and(
    eq(audit.workspaceId, workspaceId),
    actor ? eq(audit.actor, actor) : undefined,
    action ? eq(audit.action, action) : undefined,
    subject ? eq(audit.subject, subject) : undefined,
    about ? eq(audit.subjectId, about) : undefined,
    from ? and(gte(audit.at, from), sql`${audit.sequence} >= ${firstSince(workspaceId, from, -slackMs)}`) : undefined,
    until ? and(lt(audit.at, until), sql`${audit.sequence} <= ${firstSince(workspaceId, until, slackMs)}`) : undefined,
  );
}

/** The number of the first row at a moment or later; above every number when there is none. */
const firstSince = (workspaceId: string, at: Date, shiftMs: number): SQL =>
  sql`coalesce((select edge.sequence from audit edge where edge.workspace_id = ${workspaceId}
    and edge.at >= ${new Date(at.getTime() + shiftMs).toISOString()}::timestamptz order by edge.at limit 1), 2147483647)`;
