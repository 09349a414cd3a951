import { eq, sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { csatContent } from "#flow/csat.ts";
import { queueSignal } from "../queue-signal.ts";
import { SignalHost } from "../signals/signal-host.ts";
import { HookRig, testMoment, textValue } from "../webhooks/test-hook-rig.ts";
import { creditMessages } from "./credit-messages.ts";

let rig: HookRig;
beforeAll(async () => {
  rig = await HookRig.open();
});
afterAll(() => rig.close());

const dayMs = 86_400_000;
const messagesOf = (contactId: string) =>
  rig.database.db
    .select()
    .from(tables.message)
    .where(eq(tables.message.contactId, contactId))
    .orderBy(tables.message.createdAt, tables.message.visit);

/** A person who was sent a message and the question how it was, both by one enrollment, so many days ago. */
async function aPersonAsked(daysAgo: number) {
  const world = await rig.world();
  const { db, pool } = rig.database;
  await world.publish(
    "due",
    [
      { id: "first", type: "send", data: { template: "hello", values: {} } },
      {
        id: "ask",
        type: "csat",
        data: { contents: [csatContent("en", "list")], values: {}, timeout: { amount: 30, unit: "days" } },
      },
      {
        id: "desk",
        type: "hand-off",
        data: { queue: "Desk", priority: "normal", timeout: { amount: 30, unit: "days" } },
      },
    ],
    [
      ["start", "next", "first"],
      ["first", "next", "ask"],
      ["ask", "negative", "desk"],
    ],
    { goal: { event: "paid", windowHours: 8760, value: { path: "event.amount", currencyPath: "event.currency" } } },
  );
  const [contactId = ""] = await world.addContacts(1, { phone: "+221771234567" });
  const host = new SignalHost({ pool, clock: { now: () => new Date() }, log: pino({ level: "silent" }) });
  const settle = async () => {
    while ((await host.applyQueued()).works > 0);
    return creditMessages(pool, 0);
  };
  await world.sendEvent(contactId, "due");
  await settle();
  const sentAt = new Date(Date.now() - daysAgo * dayMs);
  await db.execute(
    sql`update message set status = 'sent', sent_at = ${sentAt.toISOString()}::timestamptz + visit * interval '1 second' where contact_id = ${contactId}`,
  );
  return { world, contactId, settle };
}

test("a message says which version it came from and to which country it went", async () => {
  const { contactId, world } = await aPersonAsked(1);
  const [first] = await messagesOf(contactId);
  const [version] = await rig.database.db
    .select()
    .from(tables.flowVersion)
    .where(eq(tables.flowVersion.workspaceId, world.workspaceId));
  expect(first).toMatchObject({ country: "SN", versionId: version?.id });
});

test.each([
  ["to the last message that had left", 1, [false, true]],
  ["to none when all left more than 7 days before", 8, [false, false]],
])("a goal belongs %s", async (_, daysAgo, expected) => {
  const { world, contactId, settle } = await aPersonAsked(daysAgo);
  await world.sendEvent(contactId, "paid");
  await settle();
  const messages = await messagesOf(contactId);
  expect(messages.map(({ convertedAt }) => convertedAt !== null)).toEqual(expected);
});

test.each([
  ["goes with it", { amount: 450_000_000, currency: "COP" }, [450_000_000, "COP"]],
  ["is not known without a currency", { amount: 450_000_000 }, [null, null]],
  ["is not known beyond what anybody pays", { amount: 1e15, currency: "COP" }, [null, null]],
])("what a goal was worth %s", async (_, properties, expected) => {
  const { world, contactId, settle } = await aPersonAsked(1);
  await world.sendEvent(contactId, "paid", properties);
  await settle();
  const [first, last] = await messagesOf(contactId);
  expect([last?.valueMinor, last?.valueCurrency]).toEqual(expected);
  expect([last?.convertedAt === null, first?.convertedAt]).toEqual([false, null]);
});

test("a message that was still waiting to leave had no part in a goal", async () => {
  const { world, contactId, settle } = await aPersonAsked(1);
  await rig.database.db.execute(
    sql`update message set status = 'queued', sent_at = null where contact_id = ${contactId} and node_id = 'ask'`,
  );
  await world.sendEvent(contactId, "paid");
  await settle();
  expect((await messagesOf(contactId)).map(({ convertedAt }) => convertedAt !== null)).toEqual([true, false]);
});

test("a score belongs to the message that asked", async () => {
  const { world, contactId, settle } = await aPersonAsked(1);
  const to = { workspaceId: world.workspaceId, contactId, enrollmentId: null };
  await queueSignal(rig.database.db, to, { kind: "button", buttonId: "score-2", text: "2 - Poor", visit: null });
  await settle();
  expect((await messagesOf(contactId)).map(({ score }) => score)).toEqual([null, 2]);
});

test("an act waits until calls under way are settled, and is taken once", async () => {
  const { world, contactId, settle } = await aPersonAsked(1);
  await world.sendEvent(contactId, "paid");
  expect(await creditMessages(rig.database.pool, 3600)).toBe(0);
  expect(await settle()).toBe(1);
  expect(await settle()).toBe(0);
});

test("a STOP belongs to the last message to the person, and ends with it", async () => {
  const world = await rig.world();
  const [contactId = ""] = await world.addContacts(1, { phone: "+14155551001" });
  const sentAt = (days: number) => new Date(testMoment.getTime() - days * dayMs);
  await rig.addMessages(
    world,
    contactId,
    [3, 2].map((days) => ({ status: "sent" as const, sentAt: sentAt(days), createdAt: sentAt(days) })),
  );
  await rig.store(world, textValue("STOP", { from: "14155551001", wamid: "wamid.stop" }));
  await rig.host().apply();
  await creditMessages(rig.database.pool, 0);
  const outbound = (await messagesOf(contactId)).filter(({ direction }) => direction === "outbound");
  expect(outbound.map(({ optedOutAt }) => optedOutAt !== null)).toEqual([false, true]);
});

test("a conversation opens once a day, and a hand-off belongs to the one it came out of", async () => {
  const { world, contactId, settle } = await aPersonAsked(1);
  const from = "221771234567";
  await rig.store(
    world,
    textValue("Hello?", { from, wamid: `wamid.${contactId}.1` }),
    textValue("Anybody there?", { from, wamid: `wamid.${contactId}.2` }),
  );
  await rig.host().apply();
  const inbound = async () => (await messagesOf(contactId)).filter(({ direction }) => direction === "inbound");
  expect((await inbound()).map(({ opensConversation, country }) => [opensConversation, country])).toEqual(
    expect.arrayContaining([
      [true, "SN"],
      [false, "SN"],
    ]),
  );
  await rig.database.db
    .update(tables.message)
    .set({ createdAt: new Date(Date.now() - 60_000) })
    .where(eq(tables.message.direction, "inbound"));
  const to = { workspaceId: world.workspaceId, contactId, enrollmentId: null };
  await queueSignal(rig.database.db, to, { kind: "button", buttonId: "score-1", text: "1 - Bad", visit: null });
  await settle();
  const opened = (await inbound()).map(({ opensConversation, handedOffAt }) => [
    opensConversation,
    handedOffAt !== null,
  ]);
  expect(opened.toSorted()).toEqual([
    [false, false],
    [true, true],
  ]);
});
