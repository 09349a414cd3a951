import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessKey, audit } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { AccessKeys } from "../door/access-keys.ts";
import { appRouter } from "../router.ts";
import { joinWorkspace, testActor } from "../test-actor.ts";
import type { Actor } from "../trpc.ts";

let database: TestDatabase;
let owner: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = await testActor(database.db, { name: "Mariama" });
});
afterAll(() => database.drop());

const keys = (actor: Actor = owner) => appRouter.createCaller(actor).accessKeys;
/** What the door makes of a key, without what it remembers. */
const atDoor = (kind: "write" | "rest", key: string) => new AccessKeys(database.pool, () => undefined).find(kind, key);

test("A key works from its making to its end, with the scopes that were chosen", async () => {
  const { keyId, key } = await keys().make({ kind: "rest", name: "Pipeline", scopes: ["flows:publish"] });
  expect(await atDoor("rest", key)).toMatchObject({ keyId, scopes: ["flows:publish"] });
  expect(await atDoor("write", key)).toBeNull();
  expect(await keys().list()).toMatchObject([
    {
      keyId,
      name: "Pipeline",
      kind: "rest",
      shown: `cr_…${key.slice(-4)}`,
      createdBy: "Mariama",
      scopes: ["flows:publish"],
    },
  ]);
  await keys().revoke({ keyId });
  expect(await atDoor("rest", key)).toBeNull();
  expect(await keys().list()).toEqual([]);
  await expect(keys().revoke({ keyId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("The key is in no table, and its making and end are in the audit log", async () => {
  const { keyId, key } = await keys().make({ kind: "write", name: "Core banking", scopes: [] });
  await keys().revoke({ keyId });
  const rows = await database.db.select().from(audit).where(eq(audit.subjectId, keyId)).orderBy(audit.sequence);
  expect(rows.map((row) => row.action)).toEqual(["make-key", "revoke-key"]);
  expect(JSON.stringify([rows, await database.db.select().from(accessKey)])).not.toContain(key);
});

test("A key for events has no scopes", async () => {
  const wish = { kind: "write" as const, name: "Core banking", scopes: ["flows:publish" as const] };
  await expect(keys().make(wish)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test.each(["maker", "checker", "agent", "analyst"] as const)("A %s has nothing to do with keys", async (role) => {
  const actor = await joinWorkspace(database.db, owner.session.workspaceId, { role });
  await expect(keys(actor).list()).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(keys(actor).make({ kind: "rest", name: "Mine", scopes: [] })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
