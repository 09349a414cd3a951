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
  let at: Place = { workspaceId, sequence: 0, head: genesisHash };
  for (let isMore = true; isMore; ) {
    const { isBroken, isEnd, ...reached } = await verifyStretch(db, at, pageSize);
    at = { workspaceId, ...reached };
    if (isBroken) return { rows: await countRows(db, workspaceId), brokenAt: at.sequence + 1, head: at.head };
    isMore = !isEnd;
  }
  return { rows: at.sequence, brokenAt: null, head: at.head };
}

/** How far a chain is whole: its last good row, and that row's hash. */
type Place = { workspaceId: string; sequence: number; head: string };

/** Walks the next rows after a place: answers how far it came, whether the row after that is broken, and whether it was the end. */
export async function verifyStretch(db: Queryable, { workspaceId, sequence, head }: Place, pageSize: number) {
  const page = await readPage(db, { workspaceId, after: sequence, pageSize });
  const reached = { sequence, head };
  // Rows are numbered from one; what stands before is on no page.
  if (sequence === 0 && (await countStray(db, workspaceId)) > 0) return { ...reached, isBroken: true, isEnd: true };
  for (const { hash, ...row } of page) {
    const isWhole =
      row.sequence === reached.sequence + 1 && row.previousHash === reached.head && hashOfAudit(row) === hash;
    if (!isWhole) return { ...reached, isBroken: true, isEnd: true };
    reached.head = hash;
    reached.sequence += 1;
  }
  return { ...reached, isBroken: false, isEnd: page.length < pageSize };
}

const countStray = (db: Queryable, workspaceId: string) =>
  db.$count(audit, and(eq(audit.workspaceId, workspaceId), lte(audit.sequence, 0)));

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
