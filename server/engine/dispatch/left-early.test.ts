import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { takeOut } from "#server/contacts/take-out.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import { TestRig } from "../test-rig.ts";
import { DispatchScene, hello } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const aDay = { id: "day", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "days" } } };

/** Somebody to whom the flow wants to say hello and who waits a day behind it: nothing has left. */
async function queueOne(settings: Parameters<DispatchScene["sends"]>[1]): Promise<string> {
  const paths: [string, string, string][] = [
    ["start", "next", "hi"],
    ["hi", "next", "day"],
  ];
  await rig.world.publish("kyc", [hello, aDay], paths, { reEntry: { mode: "every-event" }, ...settings });
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "kyc");
  return person;
}

const goal = { event: "kyc.completed", windowHours: 72 };

test.each([
  ["the goal is reached", { goal }, "goal-reached"],
  ["the exit criteria are met", { exitOn: [{ event: "kyc.completed" }] }, "exit-criteria"],
])("a message does not leave when %s while it waits", async (_, settings, reason) => {
  await scene.queue(await queueOne({ purpose: "service", ...settings }), "kyc.completed");
  expect(await scene.claim()).toEqual([]);
  const [dropped] = await scene.messages();
  expect(dropped).toMatchObject({ status: "skipped", reason });
  expect(dropped?.checks?.find(({ check }) => check === "left")).toMatchObject({ seen: reason, needed: "none" });
  expect(await scene.outbox()).toEqual([]);
});

test("a transaction's message is owed all the same", async () => {
  await scene.queue(await queueOne({ purpose: "transaction", goal }), "kyc.completed");
  expect(await scene.claim()).toHaveLength(1);
});

test("the last message of a flow leaves although its person is through", async () => {
  await scene.sends("bye", { purpose: "service", goal });
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "bye");
  expect(await scene.claim()).toHaveLength(1);
});

test("who is taken out goes no further, gets nothing of what waits, and it is in the audit log", async () => {
  const person = await queueOne({ purpose: "fraud" });
  const agent = await joinWorkspace(rig.database.db, rig.world.workspaceId, { role: "agent" });
  const [way] = await rig.database.db.select().from(tables.enrollment);
  const enrollmentId = way?.id ?? "";
  await takeOut(agent, { enrollmentId });
  await scene.applyQueued();
  const [ended] = await rig.database.db.select().from(tables.enrollment);
  expect(ended).toMatchObject({ status: "ended", endReason: "stopped", wakeAt: null });
  const rows = await rig.database.db.select().from(tables.trace).where(eq(tables.trace.enrollmentId, enrollmentId));
  expect(rows.map(({ detail }) => detail)).toContainEqual({ reason: "stopped", by: "person" });
  expect(await scene.claim()).toEqual([]);
  expect(await scene.messages()).toMatchObject([{ status: "skipped", reason: "stopped" }]);
  const [entry] = await rig.database.db.select().from(tables.audit);
  expect(entry).toMatchObject({ action: "take-out", subjectId: person, detail: { enrollmentId } });
  await expect(takeOut(agent, { enrollmentId })).rejects.toMatchObject({ code: "conflict" });
});

test("nobody takes people out of another bank's flows", async () => {
  await queueOne({ purpose: "service" });
  const [way] = await rig.database.db.select().from(tables.enrollment);
  const stranger = await testActor(rig.database.db);
  await expect(takeOut(stranger, { enrollmentId: way?.id ?? "" })).rejects.toMatchObject({ code: "not-found" });
});
