import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { newId, shardOf } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { inTransaction } from "../query.ts";
import { SampleWorld } from "../sample-world.ts";
import { claimQueue } from "./claim-queue.ts";
import { isolate, maxAttempts } from "./isolate.ts";
import { SignalHost } from "./signal-host.ts";

let database: TestDatabase;
let world: SampleWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  world = new SampleWorld(database);
  await world.build();
});
afterAll(() => database.drop());

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "event.plan" } } },
};

/** Stores an event and names it in the queue, as the event door does. */
async function store(contactId: string, name: string, { plan = "gold", daysAgo = 0 } = {}) {
  const { workspaceId } = world;
  const receivedAt = new Date(Date.now() - daysAgo * 86_400_000);
  const own = { workspaceId, contactId, shard: shardOf(workspaceId, contactId) };
  const row = { ...own, id: newId(), receivedAt, messageId: newId(), type: "track", name, properties: { plan } };
  const occurredAt = new Date(receivedAt.getTime() - 1_234);
  await database.db.insert(tables.event).values({ ...row, occurredAt });
  const named = { payload: { kind: "event" }, eventId: row.id, createdAt: receivedAt };
  await database.db.insert(tables.signalQueue).values({ ...own, ...named });
  return { id: row.id, name, properties: row.properties, at: occurredAt.getTime() };
}

const claim = () => inTransaction(database.pool, async (client) => (await claimQueue(client, 0, 100)).works);

test("a queued event is read from its own row, also days later and beside signals that say everything", async () => {
  const flowId = await world.publish("plan.chosen", [hello], [["start", "next", "hi"]]);
  const [first = "", second = "", third = ""] = await world.addContacts(3);
  const events = [
    await store(first, "plan.chosen"),
    await store(second, "plan.chosen", { plan: "silver", daysAgo: 3 }),
  ];
  const whole = await world.sendEvent(third, "plan.chosen", { plan: "bronze" });
  const works = await claim();
  expect(works.map(({ signal }) => signal)).toMatchObject([
    ...events.map((event) => ({ kind: "event", event })),
    { kind: "event", event: { id: whole, properties: { plan: "bronze" } } },
  ]);
  await new SignalHost({ pool: database.pool, clock: systemClock, log: createLog("worker") }).applyQueued();
  const entered = await database.db.select().from(tables.enrollment).where(eq(tables.enrollment.flowId, flowId));
  expect(entered.map(({ eventId }) => eventId).toSorted()).toEqual([...events.map(({ id }) => id), whole].toSorted());
  expect(await database.db.$count(tables.signalQueue)).toBe(0);
});

test("an event that fails for good is kept whole in its dead letter", async () => {
  const [person = ""] = await world.addContacts(1);
  const event = await store(person, "poisoned");
  const failure = { error: new Error("refused"), at: new Date(), flowId: null, nodeId: null };
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const [work] = await claim();
    if (!work) throw new Error("The signal has left the queue.");
    expect(await inTransaction(database.pool, (client) => isolate(client, work, failure))).toBe(
      attempt === maxAttempts,
    );
  }
  const letters = await database.db.select().from(tables.deadLetter);
  expect(letters).toMatchObject([{ contactId: person, payload: { kind: "event", event } }]);
});
