import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { contact, flow, message } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { emptyGraph } from "#flow/graph.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { ListMessagesInput, listMessages } from "./list-messages.ts";

let database: TestDatabase;
let actor: Actor;
let contactId: string;
let flowId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db, { role: "agent" });
  const { workspaceId } = actor.session;
  [contactId, flowId] = [newId(), newId()];
  await database.db
    .insert(contact)
    .values({ id: contactId, workspaceId, shard: 0, firstName: "Awa", phone: "+221770000101" });
  await database.db
    .insert(flow)
    .values({ id: flowId, workspaceId, name: "KYC", draft: emptyGraph(), createdBy: "t", updatedBy: "t" });
});

type Status = typeof message.$inferInsert.status;

async function say(status: Status, values: Partial<typeof message.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await database.db.insert(message).values({
    id,
    workspaceId: actor.session.workspaceId,
    shard: 0,
    contactId,
    direction: status === "received" ? "inbound" : "outbound",
    type: "text",
    status,
    createdAt: new Date(),
    ...values,
  });
  return id;
}

const list = (input: object = {}, by: Actor = actor) => listMessages(by, ListMessagesInput.parse(input));

test("every status has its tab, and each tab counts as many as it shows", async () => {
  const statuses: Status[] = [
    ...(["queued", "sending", "sent", "delivered", "read", "failed", "skipped", "unknown", "received"] as const),
  ];
  for (const status of statuses) await say(status);
  const shown: Record<string, Status[]> = {};
  const { counts } = await list();
  for (const tab of ["waiting", "sent", "skipped", "failed", "unknown", "received", "all"] as const) {
    const { rows } = await list({ tab });
    expect(rows).toHaveLength(counts[tab]);
    shown[tab] = rows.map((row) => row.status).sort();
  }
  expect(shown).toMatchObject({
    waiting: ["queued", "sending"],
    sent: ["delivered", "read", "sent"],
    skipped: ["skipped"],
    failed: ["failed"],
    unknown: ["unknown"],
    received: ["received"],
  });
  expect(counts.all).toBe(statuses.length);
});

const reckoned = { costMicros: 1_400, costCurrency: "USD" } as const;
const usd = (amountMicros: number) => ({ amountMicros, currency: "USD" });

test.each([
  ["only reckoned until WhatsApp has said so", reckoned, { estimate: usd(1_400), reported: null }],
  [
    "charged at its price",
    { ...reckoned, pricingType: "regular", pricingCategory: "utility" },
    { estimate: usd(1_400), reported: { cost: usd(1_400), pricingType: "regular", pricingCategory: "utility" } },
  ],
  [
    "free after all",
    { ...reckoned, pricingType: "free_customer_service", pricingCategory: "utility" },
    { estimate: usd(1_400), reported: { cost: usd(0), pricingType: "free_customer_service" } },
  ],
  [
    "charged, and nobody here knows the price",
    { pricingType: "regular", pricingCategory: "marketing" },
    { estimate: null, reported: { cost: null, pricingType: "regular", pricingCategory: "marketing" } },
  ],
])("the cost of a message: %s", async (_, values, cost) => {
  await say("sent", values);
  expect((await list()).rows).toMatchObject([{ cost }]);
});

test("a message that costs nobody anything has no cost", async () => {
  await say("received");
  expect((await list()).rows).toMatchObject([{ cost: null }]);
});

test("what was not sent says why, with every check and the value it saw, and hides the number", async () => {
  const checks = [{ check: "suppression", verdict: "block", seen: "opt-out", needed: "none" }] as const;
  await say("skipped", { reason: "opt-out", checks: [...checks], template: "kyc_reminder_1", flowId });
  const { rows } = await list({ tab: "skipped" });
  expect(rows).toMatchObject([
    { reason: "opt-out", checks, firstName: "Awa", flowName: "KYC", phone: "+221 ••• 01 01" },
  ]);
  expect(JSON.stringify(rows)).not.toContain("770000101");
});

test("a role that may not see people learns what was sent and why not, but neither to whom nor in which words", async () => {
  await say("skipped", { reason: "opt-out", template: "kyc_reminder_1", content: { body: "Hello Awa" } });
  const analyst = { ...actor, session: { ...actor.session, role: "analyst" as const } };
  const { rows } = await list({ tab: "skipped" }, analyst);
  expect(rows).toMatchObject([
    { reason: "opt-out", template: "kyc_reminder_1", firstName: null, phone: null, content: null },
  ]);
});

test("older pages follow without a gap or a message twice, also while new ones arrive", async () => {
  const ids: string[] = [];
  for (const _ of Array.from({ length: 5 })) ids.push(await say("sent"));
  const first = await list({ limit: 2 });
  await say("sent");
  const second = await list({ limit: 2, cursor: first.after });
  const third = await list({ limit: 2, cursor: second.after });
  const seen = [first, second, third].flatMap((page) => page.rows.map((row) => row.id));
  expect(seen).toEqual(ids.reverse());
  expect(third.after).toBeNull();
});

test("filters by flow and by person also narrow the counts", async () => {
  const mine = await say("sent", { flowId });
  await say("sent");
  const byFlow = await list({ flowId });
  expect(byFlow.rows.map((row) => row.id)).toEqual([mine]);
  expect(byFlow.counts).toMatchObject({ all: 1, sent: 1 });
  expect((await list({ contactId: newId() })).counts.all).toBe(0);
});

test("another workspace sees none of them, by whatever filter", async () => {
  await say("sent", { flowId });
  const stranger = await testActor(database.db);
  for (const filter of [{}, { flowId }, { contactId }])
    expect(await list(filter, stranger)).toMatchObject({ rows: [], counts: { all: 0 } });
});
