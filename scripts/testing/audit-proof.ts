import { type SQL, sql } from "drizzle-orm";
import { connect, type Database, type Transaction } from "#db/client.ts";
import { verifyChain } from "#server/audit/verify-audit.ts";
import { add, asOne, noTally, type Tally } from "./tally.ts";

type Tampering = { title: string; change: SQL };

/** What somebody with the database in their hands might do to the second row of the longest chain. */
const tamperings = (id: string): Tampering[] => [
  {
    title: "a changed row",
    change: sql`update audit set actor = 'somebody else' where sequence = 2 and workspace_id = ${id}`,
  },
  { title: "a row taken out", change: sql`delete from audit where sequence = 2 and workspace_id = ${id}` },
  {
    title: "two rows swapped",
    change: sql`
      update audit a set at = b.at, actor = b.actor, action = b.action, subject = b.subject, subject_id = b.subject_id,
                         detail = b.detail, hash = b.hash
      from audit b
      where a.workspace_id = ${id} and b.workspace_id = ${id} and (a.sequence, b.sequence) in ((2, 3), (3, 2))`,
  },
];

/**
 * Proves the audit log that the stories have left behind: each workspace's chain is whole, the database refuses a change (to the
 * processes by permission), and a tampered copy (a transaction that is rolled back) shows at its place. Each counts as one test.
 */
export async function proveAudit(
  urls: { owner: string; app: string },
  say: (sentence: string) => void,
): Promise<Tally> {
  const open = (url: string) => connect(url, { name: "audit-proof", max: 2, onError: () => undefined });
  const [{ db, pool }, app] = [open(urls.owner), open(urls.app)];
  try {
    const { rows } = await db.execute<{ id: string }>(
      sql`select workspace_id as id from audit group by 1 order by count(*) desc`,
    );
    const ids = rows.map(({ id }) => id);
    const [longest = ""] = ids;
    const claims: [string, () => Promise<boolean>][] = [
      ["every chain is whole", () => areWhole(db, ids)],
      ["the database refuses a change", () => isRefused(db, longest)],
      ["the processes have no right to one", () => hasNoRight(app.db)],
      ...tamperings(longest).map(({ title, change }): [string, () => Promise<boolean>] => [
        title,
        () => shows(db, longest, change),
      ]),
    ];
    let tally = noTally;
    for (const [title, holds] of claims) {
      const isTrue = await holds();
      if (!isTrue) say(`The audit log after the stories: not so: ${title}.`);
      tally = add(tally, asOne(isTrue, { title: "the audit log after the stories", why: `not so: ${title}` }));
    }
    return tally;
  } finally {
    await Promise.all([pool.end(), app.pool.end()]);
  }
}

/** By permission, whatever becomes of the trigger. */
async function hasNoRight(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ may: boolean }>(
    sql`select has_table_privilege('audit', 'UPDATE, DELETE, TRUNCATE') as may`,
  );
  return rows[0]?.may === false;
}

async function areWhole(db: Database, ids: readonly string[]): Promise<boolean> {
  const verdicts = await Promise.all(ids.map((id) => verifyChain(db, id)));
  return verdicts.length > 0 && verdicts.every(({ brokenAt }) => brokenAt === null);
}

const isRefused = (db: Database, id: string): Promise<boolean> =>
  db.execute(sql`delete from audit where workspace_id = ${id}`).then(
    () => false,
    () => true,
  );

class TakenBack extends Error {}

async function shows(db: Database, id: string, change: SQL): Promise<boolean> {
  let brokenAt: number | null = null;
  const trial = async (tx: Transaction) => {
    await tx.execute(sql`alter table audit disable trigger audit_append_only`);
    await tx.execute(change);
    brokenAt = (await verifyChain(tx, id)).brokenAt;
    throw new TakenBack();
  };
  await db.transaction(trial).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return brokenAt === 2;
}
