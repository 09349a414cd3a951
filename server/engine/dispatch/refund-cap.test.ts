import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { TestRig } from "../test-rig.ts";
import { settle } from "./settle.ts";
import { DispatchScene } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const used = async () => (await rig.database.db.select().from(tables.capCounter)).map((row) => row.used);

/** A message of this template to the person was claimed, and the provider refused it until then. */
async function refuseForNow(person: string, template: string, notBefore = Date.now()): Promise<void> {
  await scene.queue(person, template);
  const [first] = await scene.claim();
  if (!first) throw new Error("Nothing was claimed.");
  const refused = { notBefore, reason: "pair-rate", code: 131_056, detail: "", pausesChannel: false };
  await settle(rig.database.pool, [scene.settled(first, { kind: "retry", ...refused })]);
}

test("a message that waits for another try keeps its share of the cap, and gives it back when the gate stops it then", async () => {
  await scene.sends("reminder", { purpose: "service" });
  const [person = ""] = await rig.world.addContacts(1);
  await refuseForNow(person, "reminder");
  expect(await used()).toEqual([1]);

  await rig.database.db
    .update(tables.contact)
    .set({ suppressedAt: new Date(), suppressedReason: "opt-out" })
    .where(eq(tables.contact.id, person));
  expect(await scene.claim()).toEqual([]);
  expect(await scene.messages()).toMatchObject([{ status: "skipped", reason: "opt-out" }]);
  expect(await used()).toEqual([0]);
});

test("a message that waits for another try keeps the last place, whoever has come to wait since", async () => {
  await rig.database.db.update(tables.workspace).set({ capPerDay: 1 });
  await scene.sends("offer", { purpose: "marketing" });
  await scene.sends("reminder", { purpose: "service" });
  const [person = ""] = await rig.world.addContacts(1);
  await refuseForNow(person, "offer");
  await scene.queue(person, "reminder");
  const soon = new Date(Date.now() + 3_600_000);
  await rig.database.db.update(tables.outbox).set({ notBefore: soon }).where(eq(tables.outbox.lane, 2));
  expect((await scene.claim()).map(({ candidate }) => candidate.purpose)).toEqual(["marketing"]);
});

test("a service message that waits for another try has its share already: none is kept for it on top", async () => {
  await rig.database.db.update(tables.workspace).set({ capPerDay: 2 });
  await scene.sends("offer", { purpose: "marketing" });
  await scene.sends("reminder", { purpose: "service" });
  const [person = ""] = await rig.world.addContacts(1);
  await refuseForNow(person, "reminder", Date.now() + 3_600_000);
  await scene.queue(person, "offer");
  // Who is served in order would wait behind the reminder: the two go their own ways here.
  await rig.database.db
    .update(tables.outbox)
    .set({ status: "queued", notBefore: new Date() })
    .where(eq(tables.outbox.lane, 3));
  expect((await scene.claim()).map(({ candidate }) => candidate.purpose)).toEqual(["marketing"]);
  expect(await used()).toEqual([2]);
});
