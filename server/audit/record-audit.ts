import { desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { audit } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { canonicalHash } from "../canonical-json.ts";

export type AuditEntry = {
  /** The verb: "publish-flow". */
  action: string;
  /** What kind of thing was changed: "flow". */
  subject: string;
  subjectId: string;
  /** Facts worth proving later, as JSON. Never a phone number, a name of a customer or an amount. */
  detail: Record<string, unknown>;
};

/** What recordAudit needs of an Actor; "api" and "system" have no session and say so in `actor`. */
export type AuditActor =
  | Pick<Actor, "clock" | "session">
  | { clock: Actor["clock"]; session: Pick<Actor["session"], "userId" | "workspaceId"> }
  | { clock: Actor["clock"]; actor: "api" | "system"; workspaceId: string };

/** The hash before the first row of a workspace. */
export const genesisHash = "0".repeat(64);

/**
 * Appends one row to the workspace's audit chain, in the transaction of the change it tells of: both happen or neither.
 * Each row's hash covers the one before, so a row changed or taken out later shows (verify-audit.ts).
 */
export async function recordAudit(tx: Transaction, by: AuditActor, entry: AuditEntry): Promise<void> {
  const workspaceId = "session" in by ? by.session.workspaceId : by.workspaceId;
  // A row lock would not do: after waiting for it, `order by ... limit 1` still answers the row it waited for and not the one
  // added meanwhile. The lock comes first, and the next statement reads with a fresh snapshot.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('audit'), hashtext(${workspaceId}))`);
  const [last] = await tx
    .select({ sequence: audit.sequence, hash: audit.hash })
    .from(audit)
    .where(eq(audit.workspaceId, workspaceId))
    .orderBy(desc(audit.sequence))
    .limit(1);
  const row = {
    workspaceId,
    sequence: (last?.sequence ?? 0) + 1,
    at: by.clock.now(),
    actor: "session" in by ? by.session.userId : by.actor,
    action: entry.action,
    subject: entry.subject,
    subjectId: entry.subjectId,
    // As it will come back from jsonb: no undefined, dates as text.
    detail: JSON.parse(JSON.stringify(entry.detail)) as Record<string, unknown>,
    previousHash: last?.hash ?? genesisHash,
  };
  await tx.insert(audit).values({ ...row, hash: hashOfAudit(row) });
}

type HashedRow = Omit<typeof audit.$inferSelect, "hash">;

/** SHA-256 over the previous hash and everything the row says. */
export const hashOfAudit = ({ at, ...row }: HashedRow): string => canonicalHash({ ...row, at: at.toISOString() });
