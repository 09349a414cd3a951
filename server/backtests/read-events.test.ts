import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { countEvents, readEvents } from "./read-events.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a run of a flow is one that we told ourselves, whatever other systems once called their events", async () => {
  const workspaceId = newId();
  const at = new Date();
  const told = (type: string, name: string, ref: string) => ({
    ...{ id: newId(), receivedAt: at, occurredAt: at, workspaceId, shard: 0, contactId: newId() },
    ...{ messageId: newId(), type, name, properties: { ref } },
  });
  await database.db
    .insert(tables.event)
    .values([
      told("system", "flow.run", "ours"),
      told("track", "flow.run", "theirs"),
      told("track", "loan.due", "named"),
      told("track", "loan.paid", "not named"),
    ]);
  const span = { workspaceId, since: at.getTime() - 1, until: at.getTime() + 1, names: ["loan.due", "flow.run"] };
  const read: unknown[] = [];
  for await (const page of readEvents(database.pool, span)) read.push(...page.map(({ properties }) => properties.ref));
  expect(read.sort()).toEqual(["named", "ours"]);
  expect(await countEvents(database.pool, span)).toBe(2);
});
