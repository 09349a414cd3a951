import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { TestRig } from "./test-rig.ts";

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const patience = { timeout: 15_000, interval: 20 };

let rig: TestRig;
beforeEach(async () => {
  rig = await TestRig.open();
});
afterEach(() => rig.close());

const messages = () => rig.database.db.select().from(tables.message).orderBy(tables.message.id);

test("an event becomes a message on the phone", async () => {
  await rig.world.publish("kyc.incomplete", [hello], [["start", "next", "hi"]]);
  const [person = ""] = await rig.world.addContacts(1);
  rig.startWorker();
  await rig.world.sendEvent(person, "kyc.incomplete");
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
  await vi.waitFor(async () => expect(await messages()).toMatchObject([{ status: "sent", reason: null }]), patience);
  const [message] = await messages();
  expect(rig.accepted).toMatchObject([{ ref: message?.id, wamid: message?.wamid }]);
  expect(message?.content?.body).toBe("Hello Ana, how are you?");
  expect(message?.checks).toHaveLength(10);
  expect(await rig.database.db.$count(tables.outbox)).toBe(0);
});

test("300 events with three workers: every person gets one message", async () => {
  await rig.world.publish("kyc.incomplete", [hello], [["start", "next", "hi"]]);
  const people = await rig.world.addContacts(300);
  for (const _ of [1, 2, 3]) rig.startWorker({ batchSize: 50 });
  for (const person of people) await rig.world.sendEvent(person, "kyc.incomplete");
  await vi.waitFor(async () => {
    expect(await rig.database.db.$count(tables.message, eq(tables.message.status, "sent"))).toBe(300);
  }, patience);
  expect(new Set(rig.accepted.map((message) => message.ref)).size).toBe(300);
  expect(rig.accepted).toHaveLength(300);
});
