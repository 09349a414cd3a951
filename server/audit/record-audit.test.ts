import { desc, eq, type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { audit, workspace } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { recordAudit } from "./record-audit.ts";
import { verifyAudit, verifyChain } from "./verify-audit.ts";

let database: TestDatabase;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  workspaceId = newId();
  await database.db.insert(workspace).values({ id: workspaceId, name: "A bank", slug: workspaceId });
});

const record = (subjectId: string, detail: Record<string, unknown> = {}) =>
  database.db.transaction((tx) =>
    recordAudit(
      tx,
      { clock: systemClock, actor: "system", workspaceId },
      { action: "publish-flow", subject: "flow", subjectId, detail },
    ),
  );

test("rows written one after the other make a whole chain", async () => {
  await record("a", { version: 1 });
  await record("b", { from: { z: 1, a: [1, 2, null] }, when: new Date(0), nothing: undefined });
  expect(await verifyAudit(database.db, workspaceId)).toEqual({ rows: 2, brokenAt: null });
});

test("changes made at the same moment queue up without a gap or a fork", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => record(String(index))));
  expect(await verifyAudit(database.db, workspaceId)).toEqual({ rows: 20, brokenAt: null });
});

test("a change that is rolled back leaves no row", async () => {
  const failing = database.db.transaction(async (tx) => {
    await recordAudit(
      tx,
      { clock: systemClock, actor: "system", workspaceId },
      { action: "x", subject: "flow", subjectId: "a", detail: {} },
    );
    throw new Error("the change failed");
  });
  await expect(failing).rejects.toThrow("the change failed");
  expect(await verifyAudit(database.db, workspaceId)).toEqual({ rows: 0, brokenAt: null });
});

/** As somebody does who owns the database and takes the trigger away first. */
async function tamper(change: SQL): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`alter table audit disable trigger audit_append_only`);
    await tx.execute(change);
    await tx.execute(sql`alter table audit enable always trigger audit_append_only`);
  });
}

const own = () => sql`workspace_id = ${workspaceId}`;

test.each<[string, () => SQL]>([
  ["a changed detail", () => sql`update audit set detail = '{"version": 2}' where sequence = 2 and ${own()}`],
  ["a changed actor", () => sql`update audit set actor = 'somebody else' where sequence = 2 and ${own()}`],
  ["a moved time", () => sql`update audit set at = at + interval '1 second' where sequence = 2 and ${own()}`],
  ["a row taken out", () => sql`delete from audit where sequence = 2 and ${own()}`],
  [
    "two rows swapped",
    () => sql`
    update audit a set subject_id = b.subject_id, detail = b.detail, at = b.at, hash = b.hash
    from audit b where a.workspace_id = ${workspaceId} and b.workspace_id = a.workspace_id and (a.sequence, b.sequence) in ((2, 3), (3, 2))`,
  ],
])("%s shows at its place", async (_, change) => {
  for (const subjectId of ["a", "b", "c"]) await record(subjectId, { version: 1 });
  await tamper(change());
  expect((await verifyAudit(database.db, workspaceId)).brokenAt).toBe(2);
});

test("a row put before the first shows", async () => {
  await record("a");
  await tamper(sql`insert into audit select workspace_id, 0, at, actor, action, subject, subject_id, detail, previous_hash, hash
    from audit where ${own()}`);
  expect(await verifyAudit(database.db, workspaceId)).toEqual({ rows: 2, brokenAt: 1 });
});

test.each([
  ["update", sql`update audit set actor = 'somebody else'`],
  ["update that hits nothing", sql`update audit set actor = 'somebody else' where false`],
  ["delete", sql`delete from audit`],
  ["truncate", sql`truncate audit`],
  ["truncate of everything", sql`truncate workspace cascade`],
])("the database refuses to %s", async (_, change) => {
  await record("a");
  await expect(database.db.execute(change)).rejects.toMatchObject({ cause: { code: "42501" } });
  expect(await verifyAudit(database.db, workspaceId)).toEqual({ rows: 1, brokenAt: null });
});

test("a chain longer than what is read at once is walked to its end", async () => {
  for (let row = 0; row < 7; row += 1) await record(String(row));
  const whole = await verifyChain(database.db, workspaceId, 3);
  expect(whole).toMatchObject({ rows: 7, brokenAt: null });
  const [last] = await database.db.select().from(audit).where(own()).orderBy(desc(audit.sequence)).limit(1);
  expect(whole.head).toBe(last?.hash);
  await tamper(sql`update audit set actor = 'somebody else' where sequence = 6 and ${own()}`);
  expect(await verifyChain(database.db, workspaceId, 3)).toMatchObject({ rows: 7, brokenAt: 6 });
});

test("each workspace has a chain of its own", async () => {
  await record("a");
  const [row] = await database.db.select().from(audit).where(eq(audit.workspaceId, workspaceId));
  expect(row?.sequence).toBe(1);
});
