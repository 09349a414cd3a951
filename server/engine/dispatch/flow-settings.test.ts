import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { capDay } from "#flow/gate/frequency-cap.ts";
import { heldOutAt } from "#flow/holdout.ts";
import { newId } from "#server/id.ts";
import { inTransaction } from "../query.ts";
import { TestRig } from "../test-rig.ts";
import { consumeCap } from "./consume-cap.ts";
import { DispatchScene } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const rule = (capPerDay: number) =>
  rig.database.db.update(tables.workspace).set({ capPerDay }).where(eq(tables.workspace.id, rig.world.workspaceId));
const today = () => capDay(Date.now(), "UTC");
const count = (contactId: string, used: number) =>
  rig.database.db
    .insert(tables.capCounter)
    .values({ workspaceId: rig.world.workspaceId, contactId, day: today(), used });

describe("a flow's own cap", () => {
  test.each([
    ["is lower than the workspace's: it holds", 1, 3, 1, "< 1"],
    ["has not been reached yet", 2, 3, 1, null],
    ["is higher than the workspace's: that one holds", 9, 1, 1, "< 1"],
  ] as const)("%s", async (_, capPerDay, workspacePerDay, used, needed) => {
    await rule(workspacePerDay);
    await scene.sends("reminder", { purpose: "service", capPerDay });
    const [person = ""] = await rig.world.addContacts(1);
    await scene.queue(person, "reminder");
    await count(person, used);
    expect(await scene.claim()).toHaveLength(needed ? 0 : 1);
    if (!needed) return;
    const [stopped] = await scene.messages();
    expect(stopped).toMatchObject({ status: "skipped", reason: "frequency-cap" });
    expect(stopped?.checks?.find(({ check }) => check === "cap")).toMatchObject({ seen: String(used), needed });
  });

  test("stops nothing of other flows, which have the room it leaves", async () => {
    await rule(3);
    await scene.sends("offer", { purpose: "marketing", capPerDay: 1 });
    await scene.sends("reminder", { purpose: "service" });
    const [person = ""] = await rig.world.addContacts(1);
    await count(person, 1);
    await scene.queue(person, "offer", "reminder");
    expect((await scene.claim()).map(({ candidate }) => candidate.purpose)).toEqual(["service"]);
  });

  test("is never passed by 8 connections at once", async () => {
    await rule(5);
    const people = Array.from({ length: 12 }, newId);
    const { pool } = connect(rig.database.url, { name: "race", max: 8, onError: () => undefined });
    const wish = (contactId: string) => ({
      messageId: newId(),
      workspaceId: rig.world.workspaceId,
      contactId,
      day: today(),
      capPerDay: 2,
      flowPerDay: 2,
      rolling: null,
    });
    const granted = await Promise.all(
      Array.from({ length: 24 }, () => inTransaction(pool, (client) => consumeCap(client, people.map(wish)))),
    );
    await pool.end();
    expect(granted.reduce((sum, ids) => sum + ids.size, 0)).toBe(people.length * 2);
  });
});

test("a holdout keeps its people from the messages, the same ones each time, and records them", async () => {
  const holdout = { percent: 40, salt: "offer-2026" };
  const settings = { purpose: "marketing" as const, holdout };
  await scene.sends("offer", settings);
  const people = await rig.world.addContacts(30);
  const expected = people.filter((id) => heldOutAt(settings, id) !== null).sort();
  expect(expected.length).toBeGreaterThan(3);
  for (const _ of [1, 2]) for (const person of people) await rig.world.sendEvent(person, "offer");
  for (let works = 1; works > 0; ) ({ works } = await scene.applyQueued());
  const rows = await rig.database.db.select().from(tables.enrollment);
  const out = rows.filter(({ endReason }) => endReason === "held-out").map(({ contactId }) => contactId);
  expect([...new Set(out)].sort()).toEqual(expected);
  expect(out).toHaveLength(2 * expected.length);
  const written = new Set((await scene.messages()).map(({ contactId }) => contactId));
  expect(expected.some((id) => written.has(id))).toBe(false);
  expect(written.size).toBe(people.length - expected.length);
});
