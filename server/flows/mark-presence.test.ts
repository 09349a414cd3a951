import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { createFlow } from "./create-flow.ts";
import { markPresence } from "./mark-presence.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const later = (actor: Actor, seconds: number): Actor => ({
  ...actor,
  clock: { now: () => new Date(actor.clock.now().getTime() + seconds * 1000) },
});

test("two people in one flow see each other, and one who left is gone a little later", async () => {
  const awa = await testActor(database.db, { name: "Awa Diop" });
  const kofi = await joinWorkspace(database.db, awa.session.workspaceId);
  const { flowId } = await createFlow(awa, { name: "KYC" });
  const { flowId: other } = await createFlow(awa, { name: "Another" });
  expect(await markPresence(awa, { flowId })).toEqual([]);
  expect(await markPresence(kofi, { flowId })).toEqual([{ userId: awa.session.userId, name: "Awa Diop" }]);
  expect(await markPresence(kofi, { flowId: other })).toEqual([]);
  expect(await markPresence(later(awa, 15), { flowId })).toMatchObject([{ name: "Kofi Mensah" }]);
  expect(await markPresence(later(awa, 60), { flowId })).toEqual([]);
});

test("a flow of another workspace is answered like one that does not exist", async () => {
  const [awa, stranger] = [await testActor(database.db), await testActor(database.db)];
  const { flowId } = await createFlow(awa, { name: "KYC" });
  await expect(markPresence(stranger, { flowId })).rejects.toMatchObject({ code: "not-found" });
});
