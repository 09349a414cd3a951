import { randomBytes } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import type { SampleWorld } from "../sample-world.ts";
import { HookRig, testMoment, textValue } from "./test-hook-rig.ts";

let rig: HookRig;
beforeAll(async () => {
  rig = await HookRig.open();
});
afterAll(() => rig.close());

const seconds = Math.floor(testMoment.getTime() / 1000);
const granted = { state: "granted" as const, at: testMoment.toISOString(), source: "test" };

/** People as the bank and the provider may know them: by phone, by either id, two contacts with one phone, not at all. */
const seeds = [
  { phone: "+14155550100", firstName: "phone" },
  { phone: "+14155550101", waId: "14155550101", firstName: "wa" },
  { phone: null, bsuid: "US.2", firstName: "bsuid" },
  { phone: "+14155550103", firstName: "older" },
  { phone: "+14155550103", firstName: "younger" },
];
const people = [0, 1, 2, 3, 5, 6].map((n) => ({ waId: `1415555010${n}`, bsuid: `US.${n}` }));

/** Two worlds that differ in nothing but ids. */
async function build(): Promise<{ world: SampleWorld; contacts: string[]; messages: string[] }> {
  const world = await rig.world();
  const contacts: string[] = [];
  for (const [index, seed] of seeds.entries()) {
    const createdAt = new Date(testMoment.getTime() - 86_400_000 + index * 1000);
    contacts.push(
      ...(await world.addContacts(1, {
        ...seed,
        createdAt,
        updatedAt: createdAt,
        consents: { service: granted, marketing: granted },
      })),
    );
  }
  const messages: string[] = [];
  for (const [index, contactId] of contacts.slice(0, 4).entries()) {
    const sent = (n: number) => ({
      status: "delivered" as const,
      wamid: `wamid.out.${index}.${n}`,
      enrollmentId: newId(),
      visit: n,
    });
    messages.push(...(await rig.addMessages(world, contactId, [sent(1), sent(2), { status: "skipped", wamid: null }])));
  }
  return { world, contacts, messages };
}

type Act = {
  person: number;
  ids: "both" | "waId" | "bsuid";
  text: string;
  wamid: number;
  second: number;
  context: string | null;
  isSwitch: boolean;
};

const act: fc.Arbitrary<Act> = fc.record({
  person: fc.nat({ max: people.length - 1 }),
  ids: fc.constantFrom("both", "waId", "bsuid"),
  text: fc.constantFrom("Hello", "STOP", "START", "1"),
  wamid: fc.nat({ max: 30 }),
  second: fc.nat({ max: 5 }),
  context: fc.option(fc.constantFrom("wamid.out.0.1", "wamid.out.1.2", "wamid.out.3.1", "wamid.strange")),
  isSwitch: fc.boolean(),
});

function callOf({ person, ids, text, wamid, second, context, isSwitch }: Act): object {
  const { waId, bsuid } = people[person] ?? { waId: "1", bsuid: "2" };
  const at = seconds + second;
  if (isSwitch && ids !== "bsuid") {
    const value = text === "STOP" ? "stop" : "resume";
    return { user_preferences: [{ wa_id: waId, category: "marketing_messages", value, timestamp: at }] };
  }
  const message = {
    ...(ids === "bsuid" ? {} : { from: waId }),
    ...(ids === "waId" ? {} : { from_user_id: bsuid }),
    id: `wamid.in.${wamid}`,
    timestamp: String(at),
    ...(context === null ? {} : { context: { id: context } }),
    ...(text === "1"
      ? { type: "button", button: { payload: "help", text: "Help" } }
      : { type: "text", text: { body: text } }),
  };
  return { messages: [message] };
}

/** All that the calls have left, with ids replaced by the place of what they name. */
async function outcome({ world, contacts, messages }: Awaited<ReturnType<typeof build>>) {
  const { db } = rig.database;
  const { workspaceId } = world;
  const mine = <Table extends { workspaceId: typeof tables.contact.workspaceId }>(table: Table) =>
    eq(table.workspaceId, workspaceId);
  const people = await db.select().from(tables.contact).where(mine(tables.contact)).orderBy(asc(tables.contact.id));
  const made = people.map(({ id }) => id).filter((id) => !contacts.includes(id));
  const place = (id: string | null) =>
    id === null
      ? null
      : [...contacts, ...made].indexOf(id) >= 0
        ? `contact ${[...contacts, ...made].indexOf(id)}`
        : `message ${messages.indexOf(id)}`;
  const rows = await db
    .select()
    .from(tables.message)
    .where(eq(tables.message.workspaceId, workspaceId))
    .orderBy(asc(tables.message.id));
  const enrollments = rows.flatMap(({ enrollmentId }) => enrollmentId ?? []);
  const ledger = await db
    .select()
    .from(tables.consent)
    .where(eq(tables.consent.workspaceId, workspaceId))
    .orderBy(asc(tables.consent.id));
  const queue = await db
    .select()
    .from(tables.signalQueue)
    .where(eq(tables.signalQueue.workspaceId, workspaceId))
    .orderBy(asc(tables.signalQueue.sequence));
  return {
    contacts: people.map(({ id, workspaceId: _, shard: __, updatedAt: ___, createdAt: ____, ...facts }) => ({
      ...facts,
      id: place(id),
    })),
    messages: rows.map(({ id, contactId, direction, content, type, status, wamid, createdAt, repliedAt }) => ({
      id: direction === "outbound" ? place(id) : null,
      contact: place(contactId),
      direction,
      content,
      type,
      status,
      wamid,
      createdAt,
      repliedAt,
    })),
    ledger: ledger
      .map(({ contactId, purpose, state, source, wording, proof, at }) => ({
        contact: place(contactId),
        purpose,
        state,
        source,
        wording,
        proof: "channelId" in proof ? "channel" : proof,
        at,
      }))
      // Of one person in their order; which person's rows come first says nothing.
      .toSorted((a, b) => String(a.contact).localeCompare(String(b.contact))),
    signals: queue.map(({ contactId, enrollmentId, payload }) => ({
      contact: place(contactId),
      enrollment: enrollmentId === null ? null : enrollments.indexOf(enrollmentId),
      payload: withWamid(payload, rows),
    })),
  };
}

/** The message that a signal tells of is another row in each world: it is named by what WhatsApp calls it. */
function withWamid(payload: object, rows: readonly { id: string; wamid: string | null }[]): object {
  if (!("message" in payload)) return payload;
  const told: { id?: string } = Object(payload.message);
  return { ...payload, message: { ...told, channelId: "", id: rows.find((row) => row.id === told.id)?.wamid } };
}

async function applyIn(splits: readonly number[], acts: readonly Act[]) {
  const built = await build();
  await rig.store(built.world, ...acts.map(callOf));
  const host = rig.host();
  let applied = 0;
  for (let turn = 0; applied < acts.length; turn += 1) {
    const { calls } = await host.apply(splits[turn % splits.length]);
    applied += calls;
  }
  return outcome(built);
}

test("messages of people leave the same whether they are applied one by one or in batches of any size", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 16 }), sizes, async (acts, splits) => {
      expect(await applyIn(splits, acts)).toEqual(await applyIn([1], acts));
    }),
    { numRuns: 40, seed: 3 },
  );
}, 120_000);

test("what one person writes reaches the river in the order it was written, also within one batch", async () => {
  const { world } = await build();
  const texts = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  await rig.store(
    world,
    ...texts.map((text, index) => textValue(text, { from: "14155550100", wamid: `wamid.order.${index}` })),
  );
  await rig.host().apply();
  const rows = await rig.database.db
    .select()
    .from(tables.signalQueue)
    .where(eq(tables.signalQueue.workspaceId, world.workspaceId))
    .orderBy(asc(tables.signalQueue.sequence));
  expect(rows.map(({ payload }) => payload.text)).toEqual(texts);
});

test("the answers of a form come as a signal for the message that opened it, without the token only machines read", async () => {
  const { world, messages } = await build();
  const reply = { name: "flow", body: "Sent", response_json: JSON.stringify({ flow_token: "unused", income: "4500" }) };
  await rig.store(world, {
    messages: [
      {
        from: "14155550100",
        id: "wamid.form",
        timestamp: String(seconds),
        type: "interactive",
        interactive: { type: "nfm_reply", nfm_reply: reply },
        context: { id: "wamid.out.0.2" },
      },
    ],
  });
  await rig.host().apply();
  const [row] = await rig.database.db
    .select()
    .from(tables.signalQueue)
    .where(eq(tables.signalQueue.workspaceId, world.workspaceId));
  const [opened] = await rig.database.db
    .select()
    .from(tables.message)
    .where(eq(tables.message.id, messages[1] ?? ""));
  expect(row?.payload).toEqual({ kind: "form", answers: { income: "4500" }, visit: 2 });
  expect(row?.enrollmentId).toBe(opened?.enrollmentId);
  expect(opened?.repliedAt).not.toBeNull();
});

test("eight workers at once: every message is applied once and in order", async () => {
  const { world } = await build();
  const texts = Array.from({ length: 120 }, (_, index) => `line ${index}`);
  await rig.store(
    world,
    ...texts.map((text, index) => textValue(text, { from: `1415555010${index % 4}`, wamid: `wamid.eight.${index}` })),
  );
  const hosts = Array.from({ length: 8 }, () => rig.host());
  let applied = 0;
  while (applied < texts.length) {
    const results = await Promise.all(hosts.map((host) => host.apply(7)));
    applied += results.reduce((sum, { calls }) => sum + calls, 0);
  }
  const rows = await rig.database.db
    .select()
    .from(tables.signalQueue)
    .where(eq(tables.signalQueue.workspaceId, world.workspaceId))
    .orderBy(asc(tables.signalQueue.sequence));
  expect(rows.map(({ payload }) => payload.text)).toEqual(texts);
});

test("STOP counts for everybody with that phone, and START takes back what STOP did", async () => {
  const { world, contacts } = await build();
  const both = contacts.slice(3, 5);
  const states = async () => {
    const rows = await rig.database.db
      .select()
      .from(tables.contact)
      .where(eq(tables.contact.workspaceId, world.workspaceId));
    return rows
      .filter(({ id }) => both.includes(id))
      .map((row) => [row.suppressedReason, row.consents.marketing?.state]);
  };
  await rig.store(world, textValue("stop", { from: "14155550103", wamid: "wamid.stop" }));
  await rig.host().apply();
  expect(await states()).toEqual([
    ["opt-out", "withdrawn"],
    ["opt-out", "withdrawn"],
  ]);
  await rig.store(world, textValue("START", { from: "14155550103", wamid: "wamid.start" }));
  await rig.host().apply();
  expect(await states()).toEqual([
    [null, "granted"],
    [null, "granted"],
  ]);
});

test("a call that cannot be applied is put aside alone; all others of its batch are applied", async () => {
  const { world } = await build();
  const fine = Array.from({ length: 20 }, (_, index) =>
    textValue(`line ${index}`, { from: "14155550100", wamid: `wamid.fine.${index}` }),
  );
  // An id that is too long for an index, and that nothing makes shorter.
  const poison = textValue("a", { from: "14155550101", wamid: `wamid.poison${randomBytes(5000).toString("hex")}` });
  await rig.store(world, ...fine.slice(0, 13), poison, ...fine.slice(13));
  const host = rig.host();
  let applied = 0;
  for (let turn = 0; applied < 21 && turn < 20; turn += 1) applied += (await host.apply()).calls;
  const calls = await rig.database.db
    .select()
    .from(tables.rawWebhook)
    .where(eq(tables.rawWebhook.workspaceId, world.workspaceId));
  expect(calls.filter(({ processedAt }) => processedAt === null)).toEqual([]);
  expect(
    calls.filter(({ error }) => error !== null).map(({ body }) => body.toString().includes("wamid.poison")),
  ).toEqual([true]);
  const inbound = await rig.database.db
    .select()
    .from(tables.message)
    .where(eq(tables.message.workspaceId, world.workspaceId));
  expect(inbound.filter(({ direction }) => direction === "inbound")).toHaveLength(20);
});
