import { afterAll, beforeAll, expect, test } from "vitest";
import { channel, event } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import { readReadiness } from "./read-readiness.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("what came lately is seen, what came two months ago is not, and the number is the oldest connected one", async () => {
  const actor = await testActor(database.db);
  const { workspaceId } = actor.session;
  const came = (name: string, day: string) => ({
    ...{ id: newId(), workspaceId, shard: 0, contactId: newId(), messageId: name, type: "track", name, properties: {} },
    ...{ receivedAt: new Date(day), occurredAt: new Date(day) },
  });
  await database.db.insert(event).values([came("kyc.incomplete", "2026-11-20"), came("loan.applied", "2026-09-20")]);
  const number = (phone: string, day: string, status: "connected" | "paused") => ({
    ...{
      id: newId(),
      workspaceId,
      provider: "meta-cloud" as const,
      name: phone,
      phone,
      status,
      createdAt: new Date(day),
    },
    ...{
      phoneNumberId: phone,
      accountId: "1",
      baseUrl: "",
      tokenSealed: "",
      appSecretSealed: "",
      verifyTokenSealed: "",
    },
    hookToken: newId(),
  });
  await database.db
    .insert(channel)
    .values([
      number("+221338000003", "2026-03-01", "connected"),
      number("+221338000001", "2026-01-01", "paused"),
      number("+221338000002", "2026-02-01", "connected"),
    ]);
  expect(await readReadiness(actor)).toEqual({ seenEvents: ["kyc.incomplete"], number: "+221338000002" });
});
