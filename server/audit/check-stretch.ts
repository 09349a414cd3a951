import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { audit } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { genesisHash } from "./record-audit.ts";
import { verifyStretch } from "./verify-audit.ts";

/** So many rows for one call: a tenth of a second of hashing, and the screen shows how far it is. */
const stretch = 5_000;

export const CheckStretch = z.strictObject({ after: z.number().int().min(0) });

/**
 * Checks the chain's next rows after one that was checked before: whoever goes on until `isDone` has checked it whole. Answers
 * how far it is, where it is broken, and the hash of the last row that is whole.
 */
export async function checkStretch({ db, session }: Actor, { after }: z.output<typeof CheckStretch>) {
  const { workspaceId } = session;
  const own = eq(audit.workspaceId, workspaceId);
  const [[last], [before]] = await Promise.all([
    db.select({ sequence: audit.sequence }).from(audit).where(own).orderBy(desc(audit.sequence)).limit(1),
    db
      .select({ hash: audit.hash })
      .from(audit)
      .where(and(own, eq(audit.sequence, after))),
  ]);
  const start = { workspaceId, sequence: after, head: after === 0 ? genesisHash : (before?.hash ?? "") };
  const { sequence, head, isBroken, isEnd } = await verifyStretch(db, start, stretch);
  return {
    checked: sequence,
    rows: last?.sequence ?? 0,
    brokenAt: isBroken ? sequence + 1 : null,
    head,
    isDone: isBroken || isEnd,
  };
}
