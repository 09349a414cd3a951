import { and, desc, lt } from "drizzle-orm";
import { z } from "zod";
import { audit } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { AuditFilter, auditWhere } from "./audit-filter.ts";
import { nameAudit } from "./name-audit.ts";

export const ListAudit = AuditFilter.extend({
  /** The number of the last row of the page before. */
  cursor: z.number().int().nullish(),
  direction: z.literal("forward").optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** One page of the audit log, newest first, with the names of people and things as they are today. */
export async function listAudit(
  { db, session }: Actor,
  { cursor, limit, direction: _, ...filter }: z.output<typeof ListAudit>,
) {
  const { workspaceId } = session;
  const rows = await db
    .select({
      sequence: audit.sequence,
      at: audit.at,
      actor: audit.actor,
      action: audit.action,
      subject: audit.subject,
      subjectId: audit.subjectId,
      detail: audit.detail,
    })
    .from(audit)
    .where(and(auditWhere(workspaceId, filter), cursor ? lt(audit.sequence, cursor) : undefined))
    .orderBy(desc(audit.sequence))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const names = await nameAudit(db, workspaceId, page);
  return {
    rows: page.map((row) => ({
      ...row,
      actorName: names.get(row.actor) ?? null,
      subjectName: names.get(row.subjectId) ?? null,
    })),
    after: rows.length > limit ? (page.at(-1)?.sequence ?? null) : null,
  };
}
