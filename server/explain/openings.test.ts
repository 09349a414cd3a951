import { eq } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, enrollment, message } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { FlowSettings, Graph } from "#flow/graph.ts";
import { systemClock } from "#server/clock.ts";
import { queueSignal } from "#server/engine/queue-signal.ts";
import { SignalHost } from "#server/engine/signals/signal-host.ts";
import { importFlow } from "#server/flows/import-flow.ts";
import { publishFlow } from "#server/flows/publish-flow.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { explainContact } from "./explain-contact.ts";

let database: TestDatabase;
let actor: Actor;
let host: SignalHost;
beforeAll(async () => {
  database = await createTestDatabase();
  actor = { ...(await testActor(database.db)), clock: systemClock };
  host = new SignalHost({ pool: database.pool, clock: systemClock, log: pino({ level: "silent" }) });
});
afterAll(() => database.drop());

const at = { x: 0, y: 0 };
async function publish(name: string, trigger: { type: string; data: object }, then: { type: string; data: object }) {
  const graph = Graph.parse({
    schemaVersion: 1,
    nodes: [
      { id: "start", position: at, ...trigger },
      { id: "then", position: at, ...then },
    ],
    edges: [{ id: "e", source: "start", sourceHandle: "next", target: "then" }],
    settings: FlowSettings.parse({}),
  });
  const { flowId } = await importFlow(actor, { name, graph });
  await publishFlow(actor, { flowId }, { keyId: newId() });
  return flowId;
}
const rest = { type: "wait", data: { mode: "duration", duration: { amount: 3, unit: "days" } } };

async function person(): Promise<string> {
  const id = newId();
  await database.db.insert(contact).values({ id, workspaceId: actor.session.workspaceId, shard: 1 });
  return id;
}

/** What the webhooks make of a message; `isHeard`: and the engine hears it. */
async function write(contactId: string, text: string, { isHeard = true, type = "text" } = {}): Promise<string> {
  const { workspaceId } = actor.session;
  const [id, createdAt] = [newId(), new Date()];
  const row = { id, workspaceId, shard: 1, contactId, direction: "inbound" as const, type, content: { body: text } };
  await database.db.insert(message).values({ ...row, status: "received", createdAt });
  if (!isHeard) return id;
  const heard = { id, channelId: null, at: createdAt.getTime() };
  await queueSignal(
    database.db,
    { workspaceId, contactId, enrollmentId: null },
    { kind: "reply", text, visit: null, message: heard },
  );
  await host.applyQueued();
  return id;
}

const asked = async (contactId: string, flowId: string) => {
  const [flow] = (await explainContact(actor, { contactId, flowId })).flows;
  return (flow?.attempts ?? []).map(({ event, verdict, refusal, enrollment: inside }) => ({
    ...{ id: event.id, name: event.name, verdict },
    ...{ reason: refusal?.reason ?? null, runBy: inside?.runBy?.flowName ?? null },
  }));
};

test("what a person writes is an opening like any event: who entered by it, and why not by the others", async () => {
  const flowId = await publish(
    "Balance",
    { type: "trigger-message", data: { match: "contains", keywords: ["balance"] } },
    rest,
  );
  const contactId = await person();
  const told = { name: "message.received", runBy: null };
  const other = await write(contactId, "Good morning");
  await write(contactId, "", { type: "image" });
  await write(contactId, "balance", { type: "reaction", isHeard: false });
  // A step of another flow waited for it, say.
  const taken = await write(contactId, "my Balance please", { isHeard: false });
  const entered = await write(contactId, "BALANCE!");
  const again = await write(contactId, "balance once more");
  expect(await asked(contactId, flowId)).toEqual([
    { id: again, ...told, verdict: "did-not-enter", reason: "re-entry" },
    { id: entered, ...told, verdict: "entered", reason: null },
    { id: taken, ...told, verdict: "did-not-enter", reason: "heard-elsewhere" },
    { id: other, ...told, verdict: "did-not-enter", reason: "entry-criteria" },
  ]);
});

test("who came by a step of another flow is told so, and the step says why somebody did not", async () => {
  const below = await publish("Reminder", { type: "trigger-flow", data: {} }, rest);
  const above = await publish(
    "Loan",
    { type: "trigger-event", data: { event: "loan.due" } },
    { type: "run-flow", data: { flow: below } },
  );
  const contactId = await person();
  const { workspaceId } = actor.session;
  const opens = async () => {
    const event = { id: newId(), name: "loan.due", properties: {}, at: Date.now() };
    await queueSignal(database.db, { workspaceId, contactId, enrollmentId: null }, { kind: "event", event });
    await host.applyQueued();
  };
  await opens();
  expect(await asked(contactId, below)).toMatchObject([{ name: "flow.run", verdict: "entered", runBy: "Loan" }]);
  // Inside already: its re-entry rule keeps it closed.
  await database.db.update(enrollment).set({ status: "ended" }).where(eq(enrollment.flowId, above));
  await opens();
  const [flow] = (await explainContact(actor, { contactId, flowId: above })).flows;
  const step = flow?.attempts[0]?.enrollment?.path.find(({ nodeId }) => nodeId === "then");
  expect(step).toMatchObject({ outcome: "left", handle: { id: "exited" }, detail: { reason: "re-entry" } });
  expect(await asked(contactId, below)).toHaveLength(1);
});
