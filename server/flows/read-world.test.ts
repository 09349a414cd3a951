import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, enrollment, event } from "#db/schema/index.ts";
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

test("the languages of last month's people are counted, each person once, by the language of their newest entry", async () => {
  const actor = await testActor(database.db);
  const { workspaceId } = actor.session;
  expect(await readWorld(actor)).not.toHaveProperty("peopleByLanguage");
  const enteredBefore = (days: number, contactId: string, language: string, ofWorkspace = workspaceId) => ({
    ...{ id: newId(), workspaceId: ofWorkspace, shard: 0, flowId: newId(), versionId: newId(), contactId, key: "" },
    ...{ eventId: newId(), status: "ended" as const, state: {} as never, language },
    enteredAt: new Date(actor.clock.now().getTime() - days * 86_400_000),
  });
  const [awa, kwame, priya] = [newId(), newId(), newId()];
  await database.db
    .insert(enrollment)
    .values([
      enteredBefore(40, priya, "hi"),
      enteredBefore(20, awa, "en"),
      enteredBefore(3, awa, "fr"),
      enteredBefore(2, kwame, ""),
      enteredBefore(1, newId(), "es", newId()),
    ]);
  expect((await readWorld(actor)).peopleByLanguage).toEqual({ fr: 1, "": 1 });
});
