import { stringify } from "csv-stringify/sync";
import { and, asc, gt } from "drizzle-orm";
import { z } from "zod";
import { audit } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { AuditFilter, auditWhere } from "./audit-filter.ts";
import { nameAudit } from "./name-audit.ts";
import { recordAudit } from "./record-audit.ts";

export const ExportAudit = AuditFilter.extend({ format: z.enum(["csv", "json"]) });

/** Published limits (docs/limits.md). */
const mostRows = 50_000;
const pageSize = 5_000;

/**
 * The rows of a filter as a file, oldest first, with the hashes by which they can be checked. Refuses more rows than one file holds. The export is
 * itself in the log.
 */
export async function exportAudit(actor: Actor, { format, ...filter }: z.output<typeof ExportAudit>) {
  const { db, session } = actor;
  const { workspaceId } = session;
  const rows = [];
  for (let after = 0; ; ) {
    const page = await db
      .select()
      .from(audit)
      .where(and(auditWhere(workspaceId, filter), gt(audit.sequence, after)))
      .orderBy(asc(audit.sequence))
      .limit(pageSize);
    const names = await nameAudit(db, workspaceId, page);
    for (const { workspaceId: _, ...row } of page)
      rows.push({ ...row, actorName: names.get(row.actor) ?? null, subjectName: names.get(row.subjectId) ?? null });
    if (rows.length > mostRows)
      throw new DomainError("too-large", `A file holds ${mostRows.toLocaleString("en")} rows. Choose a shorter time.`);
    after = page.at(-1)?.sequence ?? after;
    if (page.length < pageSize) break;
  }
  const detail = { format, rows: rows.length, filter };
  await db.transaction((tx) =>
    recordAudit(tx, actor, { action: "export-audit", subject: "workspace", subjectId: workspaceId, detail }),
  );
  return { text: format === "json" ? JSON.stringify(rows, null, 2) : asCsv(rows), rows: rows.length };
}

const columns = [
  ...["sequence", "at", "actor", "actorName", "action", "subject", "subjectId", "subjectName"],
  ...["detail", "previousHash", "hash"],
];

/** A cell that begins like a formula is not run by a spreadsheet. */
const asCsv = (rows: { at: Date; detail: object }[]): string =>
  stringify(
    rows.map((row) => ({ ...row, at: row.at.toISOString(), detail: JSON.stringify(row.detail) })),
    { header: true, columns, escape_formulas: true, bom: true },
  );
