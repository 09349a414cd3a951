import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { FlowSettings, Graph } from "#flow/graph.ts";
import { newId } from "#server/id.ts";
import { patience } from "../dispatch/test-scene.ts";
import { queueSignal } from "../queue-signal.ts";
import { TestRig } from "../test-rig.ts";

let rig: TestRig;
beforeAll(async () => {
  rig = await TestRig.open();
  await rig.subscribe();
  rig.startWorker();
});
afterAll(() => rig.close());
afterEach(() => rig.database.db.update(tables.flow).set({ status: "archived" }));

const at = { x: 0, y: 0 };
const listens = {
  id: "wait",
  type: "wait-until",
  data: { sources: [{ kind: "reply", id: "said" }], timeout: { amount: 1, unit: "days" } },
};
const stays = { id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "days" } } };
const ends = { id: "wait", type: "exit", data: { reason: "told" } };
const agent = { id: "wait", type: "hand-off", data: { queue: "Support", priority: "normal", note: "" } };

/** A live flow that starts by what people write; whoever comes in stays at its one step. */
async function startsBy(
  data: object,
  step: { id: string; type: string; data: object } = stays,
  settings: object = {},
): Promise<string> {
  const [flowId, versionId] = [newId(), newId()];
  const graph = Graph.parse({
    schemaVersion: 1,
    nodes: [{ id: "start", type: "trigger-message", data }, step].map((node) => ({ ...node, position: at })),
    edges: [{ id: "e", source: "start", sourceHandle: "next", target: "wait" }],
    settings: FlowSettings.parse(settings),
  });
  const { workspaceId } = rig.world;
  const shared = { workspaceId, id: flowId, name: "by message", draft: graph, versionId };
  await rig.database.db
    .insert(tables.flow)
    .values({ ...shared, status: "active", createdBy: "test", updatedBy: "test" });
  await rig.database.db.insert(tables.flowVersion).values({
    id: versionId,
    workspaceId,
    flowId,
    number: 1,
    graph,
    hash: versionId,
    triggerEvent: "message.received",
    publishedBy: "test",
    publishedAt: new Date(),
  });
  return flowId;
}

let count = 0;
async function person(): Promise<{ id: string; waId: string }> {
  count += 1;
  const waId = `1415888${String(1000 + count)}`;
  const [id = ""] = await rig.world.addContacts(1, { phone: `+${waId}` });
  return { id, waId };
}

/** Writes, and waits until the river has had it. */
async function write({ id, waId }: { id: string; waId: string }, text: string, more: object = {}): Promise<void> {
  const before = await heard(id);
  await rig.control("inbound", { from: waId, text, ...more });
  await vi.waitFor(async () => {
    expect(await heard(id)).toBe(before + 1);
    expect(await queuedFor(id)).toBe(0);
  }, patience);
}
const heard = (id: string) => rig.database.db.$count(tables.message, eq(tables.message.contactId, id));
const flowsOf = async (id: string) =>
  (
    await rig.database.db
      .select({ flowId: tables.enrollment.flowId, state: tables.enrollment.state })
      .from(tables.enrollment)
      .where(eq(tables.enrollment.contactId, id))
  ).map((row) => row.flowId);

test("what a person writes starts the flow of that word once, with their text and the number it came to", async () => {
  const balance = await startsBy({ keywords: ["balance"] });
  await startsBy({ keywords: ["card"] });
  const ana = await person();
  await write(ana, "My BALANCE, please");
  expect(await flowsOf(ana.id)).toEqual([balance]);
  const [entered] = await rig.database.db
    .select()
    .from(tables.enrollment)
    .where(eq(tables.enrollment.contactId, ana.id));
  const { channelId } = rig.world;
  expect(entered?.state.event.properties).toMatchObject({ text: "My BALANCE, please", channel: channelId });
  const [message] = await rig.database.db.select().from(tables.message).where(eq(tables.message.contactId, ana.id));
  expect(entered?.eventId).toBe(message?.id);
  // Inside already, and the flow lets nobody in twice.
  await write(ana, "balance");
  expect(await flowsOf(ana.id)).toEqual([balance]);
});

test("a flow for anything starts only when no other one is meant, also not beside one that keeps them out", async () => {
  const balance = await startsBy({ keywords: ["balance"] });
  const rest = await startsBy({ match: "any" });
  const ana = await person();
  await write(ana, "balance");
  await write(ana, "balance");
  expect(await flowsOf(ana.id)).toEqual([balance]);
  await write(ana, "Something else");
  expect((await flowsOf(ana.id)).toSorted()).toEqual([balance, rest].toSorted());
});

test("a step that listens gets it first, and nothing starts; another number's flow neither", async () => {
  const talk = await startsBy({ keywords: ["hello"] }, listens);
  const rest = await startsBy({ match: "any" });
  await startsBy({ keywords: ["hello"], channel: newId() });
  const ana = await person();
  await write(ana, "hello");
  await write(ana, "and this");
  expect(await flowsOf(ana.id)).toEqual([talk]);
  const [first] = await rig.database.db.select().from(tables.enrollment).where(eq(tables.enrollment.contactId, ana.id));
  expect(first).toMatchObject({ status: "ended", state: { values: { reply: "and this" } } });
  // The conversation is over: now it starts something.
  await write(ana, "and this, too");
  expect((await flowsOf(ana.id)).toSorted()).toEqual([talk, rest].toSorted());
});

test("who waits for an agent or talks with one starts nothing, also when the flow has ended with that", async () => {
  const help = await startsBy({ keywords: ["help"] }, agent);
  await startsBy({ match: "any" });
  const ana = await person();
  await write(ana, "help");
  await write(ana, "Is anybody there?");
  expect(await flowsOf(ana.id)).toEqual([help]);
  await rig.database.db.update(tables.handOff).set({ status: "resolved" }).where(eq(tables.handOff.contactId, ana.id));
  await write(ana, "Thanks");
  expect(await flowsOf(ana.id)).toHaveLength(2);
});

const always = { reEntry: { mode: "every-event" } };
const setStatus = (id: string, status: "active" | "held") =>
  rig.database.db.update(tables.flow).set({ status }).where(eq(tables.flow.id, id));
const keptFor = (id: string) => rig.database.db.$count(tables.heldSignal, eq(tables.heldSignal.contactId, id));
const queuedFor = (id: string) => rig.database.db.$count(tables.signalQueue, eq(tables.signalQueue.contactId, id));

async function release(flowId: string, who: string): Promise<void> {
  await setStatus(flowId, "active");
  await vi.waitFor(async () => expect([await keptFor(who), await queuedFor(who)]).toEqual([0, 0]), patience);
}

test("what starts a flow while another one is held does not start it again when that is released", async () => {
  const held = await startsBy({ keywords: ["hello"] });
  const balance = await startsBy({ keywords: ["balance"] }, ends, always);
  const ana = await person();
  await write(ana, "hello");
  await setStatus(held, "held");
  await write(ana, "balance");
  expect(await flowsOf(ana.id)).toEqual([held, balance]);
  await write(ana, "card");
  expect(await keptFor(ana.id)).toBe(2);
  // Nor does it start what was published since.
  await startsBy({ keywords: ["card"] }, ends, always);
  await release(held, ana.id);
  expect(await flowsOf(ana.id)).toEqual([held, balance]);
  expect(await rig.database.db.$count(tables.deadLetter)).toBe(0);
});

test("what is kept for a step that listens is heard there when its flow is released, and nowhere else", async () => {
  const held = await startsBy({ keywords: ["hello"] }, listens);
  await startsBy({ match: "any" }, ends, always);
  const ana = await person();
  await write(ana, "hello");
  await setStatus(held, "held");
  await write(ana, "and this");
  await release(held, ana.id);
  const rows = await rig.database.db.select().from(tables.enrollment).where(eq(tables.enrollment.contactId, ana.id));
  expect(rows).toMatchObject([{ flowId: held, state: { values: { reply: "and this" } } }]);
});

test("a message that is heard twice, whatever went wrong, starts its flow once and goes to no dead letter", async () => {
  const balance = await startsBy({ keywords: ["balance"] }, ends, always);
  const ana = await person();
  const { workspaceId, channelId } = rig.world;
  const message = { id: newId(), channelId, at: Date.now() };
  for (let times = 0; times < 2; times += 1) {
    const to = { workspaceId, contactId: ana.id, enrollmentId: null };
    await queueSignal(rig.database.db, to, { kind: "reply", text: "balance", visit: null, message });
    await vi.waitFor(async () => expect(await queuedFor(ana.id)).toBe(0), patience);
  }
  expect(await flowsOf(ana.id)).toEqual([balance]);
  expect(await rig.database.db.$count(tables.deadLetter)).toBe(0);
});

test("STOP and a picture start nothing", async () => {
  await startsBy({ match: "any" });
  const ana = await person();
  await write(ana, "", { type: "image", image: { mime_type: "image/jpeg" }, text: undefined });
  await write(ana, "Stop.");
  expect(await flowsOf(ana.id)).toEqual([]);
});
