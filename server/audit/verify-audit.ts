import { asc, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { audit } from "#db/schema/index.ts";
import { genesisHash, hashOfAudit } from "./record-audit.ts";

/** `brokenAt`: the first sequence number that was changed, taken out or put in; null when the chain is whole. */
export type AuditVerdict = { rows: number; brokenAt: number | null };

/** Walks a workspace's audit chain from its first row and recomputes every hash. */
export async function verifyAudit(db: Queryable, workspaceId: string): Promise<AuditVerdict> {
  const rows = await db.select().from(audit).where(eq(audit.workspaceId, workspaceId)).orderBy(asc(audit.sequence));
  let previousHash = genesisHash;
  for (const [index, { hash, ...row }] of rows.entries()) {
    const isWhole = row.sequence === index + 1 && row.previousHash === previousHash && hashOfAudit(row) === hash;
    if (!isWhole) return { rows: rows.length, brokenAt: index + 1 };
    previousHash = hash;
  }
  return { rows: rows.length, brokenAt: null };
}
