import { and, asc, eq, gt, lte } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { audit } from "#db/schema/index.ts";
import { genesisHash, hashOfAudit } from "./record-audit.ts";

/** `brokenAt`: the first sequence number that was changed, taken out or put in; null when the chain is whole. */
export type AuditVerdict = { rows: number; brokenAt: number | null };

/** With the hash of the last row that is whole: whoever keeps it elsewhere can tell later whether rows were cut off the end. */
export type ChainVerdict = AuditVerdict & { head: string };

/** So many rows are in memory at a time, however long the chain is. */
const usualPage = 2_000;

/** Walks a workspace's audit chain from its first row and recomputes every hash. */
export async function verifyAudit(db: Queryable, workspaceId: string): Promise<AuditVerdict> {
  const { rows, brokenAt } = await verifyChain(db, workspaceId);
  return { rows, brokenAt };
}

/** As verifyAudit, with the chain's head. */
export async function verifyChain(db: Queryable, workspaceId: string, pageSize = usualPage): Promise<ChainVerdict> {
  let head = genesisHash;
  let sequence = 0;
  for (let isMore = true; isMore; ) {
    const page = await readPage(db, { workspaceId, after: sequence, pageSize });
    for (const { hash, ...row } of page) {
      const isWhole = row.sequence === sequence + 1 && row.previousHash === head && hashOfAudit(row) === hash;
      if (!isWhole) return { rows: await countRows(db, workspaceId), brokenAt: sequence + 1, head };
      head = hash;
      sequence += 1;
    }
    isMore = page.length === pageSize;
  }
  // Rows are numbered from one; what stands before is on no page.
  const stray = await db.$count(audit, and(eq(audit.workspaceId, workspaceId), lte(audit.sequence, 0)));
  return { rows: sequence + stray, brokenAt: stray > 0 ? 1 : null, head };
}

/** By number and not by offset: what is written meanwhile moves nothing. */
function readPage(
  db: Queryable,
  { workspaceId, after, pageSize }: { workspaceId: string; after: number; pageSize: number },
) {
  return db
    .select()
    .from(audit)
    .where(and(eq(audit.workspaceId, workspaceId), gt(audit.sequence, after)))
    .orderBy(asc(audit.sequence))
    .limit(pageSize);
}

const countRows = (db: Queryable, workspaceId: string) => db.$count(audit, eq(audit.workspaceId, workspaceId));
