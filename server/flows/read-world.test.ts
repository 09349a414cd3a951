import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, event } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import { readWorld } from "./read-world.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a flow is judged by the workspace's rules, by what its events look like and by what people agreed to", async () => {
  const actor = await testActor(database.db);
  const { workspaceId } = actor.session;
  expect(await readWorld(actor)).toMatchObject({ capPerDay: 3, quietMs: 11 * 3_600_000, eventShapes: {} });
  expect(await readWorld(actor)).not.toHaveProperty("agreedTo");
  const came = (properties: Record<string, string | null | { last: string }>) => ({
    ...{ id: newId(), workspaceId, shard: 0, contactId: newId(), messageId: newId(), type: "track", name: "due" },
    ...{ properties, receivedAt: new Date(), occurredAt: new Date() },
  });
  await database.db.insert(event).values([came({ amount: "5", card: { last: "4417" } }), came({ amount: null })]);
  await database.db.insert(contact).values({
    ...{ id: newId(), workspaceId, shard: 0, externalId: "c1" },
    consents: { service: { state: "granted", at: "2026-01-01T00:00:00Z", source: "branch" } },
  });
  const world = await readWorld(actor);
  expect(world.eventShapes).toEqual({ due: { seen: 2, filled: { amount: 1, card: 1, "card.last": 1 } } });
  expect(world.agreedTo).toEqual(["fraud", "transaction", "service"]);
  expect(world.prices?.some(({ category }) => category === "marketing")).toBe(true);
});
