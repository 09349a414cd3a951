import { spawn } from "node:child_process";
import path from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { systemClock } from "#server/clock.ts";
import { testActor } from "#server/test-actor.ts";

let database: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ workspaceId } = (await testActor(database.db)).session);
  for (const subjectId of ["a", "b", "c"])
    await database.db.transaction((tx) =>
      recordAudit(
        tx,
        { clock: systemClock, actor: "system", workspaceId },
        { action: "publish-flow", subject: "flow", subjectId, detail: {} },
      ),
    );
});

/** The command as an operator runs it, against this database. */
function verify(): Promise<{ code: number | null; said: string }> {
  const script = path.join(import.meta.dirname, "audit-verify.ts");
  const env = { ...process.env, DATABASE_URL: database.url };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script], { env });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => {
      said += part;
    });
  return new Promise((done) => child.on("close", (code) => done({ code, said })));
}

async function tamper(change: SQL): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`alter table audit disable trigger audit_append_only`);
    await tx.execute(change);
    await tx.execute(sql`alter table audit enable always trigger audit_append_only`);
  });
}

const own = () => sql`workspace_id = ${workspaceId}`;

test("tells that every chain is whole, with each one's newest hash, and ends with 0", async () => {
  const { code, said } = await verify();
  expect(said).toMatch(new RegExp(`\\(${workspaceId}\\): 3 rows, whole, head [0-9a-f]{64}`));
  expect(said).toContain("Every chain is whole.");
  expect(code).toBe(0);
});

test.each<[string, number, () => SQL]>([
  ["changed", 3, () => sql`update audit set actor = 'somebody else' where sequence = 2 and ${own()}`],
  ["taken out", 2, () => sql`delete from audit where sequence = 2 and ${own()}`],
  [
    "swapped",
    3,
    () => sql`
      update audit a set subject_id = b.subject_id, at = b.at, hash = b.hash from audit b
      where a.workspace_id = ${workspaceId} and b.workspace_id = a.workspace_id and (a.sequence, b.sequence) in ((2, 3), (3, 2))`,
  ],
])("tells where a row was %s, and ends with 1", async (_, rows, change) => {
  await tamper(change());
  const { code, said } = await verify();
  expect(said).toContain(`(${workspaceId}): ${rows} rows, broken at 2`);
  expect(said).toMatch(/\d+ of \d+ are broken\./);
  expect(code).toBe(1);
});
