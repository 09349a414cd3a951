import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { audit, workspace } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { recordAudit } from "./record-audit.ts";
import { verifyAudit } from "./verify-audit.ts";

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

test.each([
  ["a changed detail", sql`update audit set detail = '{"version": 2}' where sequence = 2`],
  ["a changed actor", sql`update audit set actor = 'somebody else' where sequence = 2`],
  ["a moved time", sql`update audit set at = at + interval '1 second' where sequence = 2`],
  ["a row taken out", sql`delete from audit where sequence = 2`],
])("%s shows at its place", async (_, tampering) => {
  for (const subjectId of ["a", "b", "c"]) await record(subjectId, { version: 1 });
  await database.db.execute(sql`${tampering} and workspace_id = ${workspaceId}`);
  expect((await verifyAudit(database.db, workspaceId)).brokenAt).toBe(2);
});

test("each workspace has a chain of its own", async () => {
  await record("a");
  const [row] = await database.db.select().from(audit).where(eq(audit.workspaceId, workspaceId));
  expect(row?.sequence).toBe(1);
});
