import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { TestRig } from "../test-rig.ts";

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const patience = { timeout: 40_000, interval: 20 };
const phone = "+14155550140";

let rig: TestRig;
beforeEach(async () => {
  rig = await TestRig.open();
  await rig.world.publish("promo", [hello], [["start", "next", "hi"]], {
    reEntry: { mode: "every-event" },
    purpose: "marketing",
  });
});
afterEach(() => rig.close());

const messages = () =>
  rig.database.db
    .select()
    .from(tables.message)
    .where(eq(tables.message.direction, "outbound"))
    .orderBy(tables.message.id);

const untilDecided = async (count: number) => {
  await vi.waitFor(async () => {
    const rows = await messages();
    expect(rows).toHaveLength(count);
    expect(rows.filter(({ status }) => status === "queued" || status === "sending")).toEqual([]);
  }, patience);
  return messages();
};

test("F40: two contacts with one phone share its cap", async () => {
  const people = [...(await rig.world.addContacts(1, { phone })), ...(await rig.world.addContacts(1, { phone }))];
  for (let index = 0; index < 3; index += 1) for (const person of people) await rig.world.sendEvent(person, "promo");
  rig.startWorker();
  const rows = await untilDecided(6);
  expect(rig.accepted).toHaveLength(3);
  expect(rows.filter(({ reason }) => reason === "frequency-cap")).toHaveLength(3);
});

test("F40: who wrote STOP is left alone under every contact with their phone, also one that is made later", async () => {
  await rig.subscribe();
  const [first = ""] = await rig.world.addContacts(1, { phone });
  rig.startWorker();
  await rig.control("inbound", { from: phone.slice(1), text: "STOP" });
  await vi.waitFor(async () => {
    const rows = await rig.database.db.select().from(tables.contact).where(eq(tables.contact.id, first));
    expect(rows).toMatchObject([{ suppressedReason: "opt-out" }]);
  }, patience);
  const [second = ""] = await rig.world.addContacts(1, { phone });
  await rig.world.sendEvent(first, "promo");
  await rig.world.sendEvent(second, "promo");
  const rows = await untilDecided(2);
  expect(rig.accepted).toHaveLength(0);
  expect(rows.map(({ status }) => status)).toEqual(["skipped", "skipped"]);
  expect(rows.find(({ contactId }) => contactId === second)).toMatchObject({ reason: "opt-out" });
});

test("another phone in the same workspace, or the same one in another, is somebody else", async () => {
  const [one = ""] = await rig.world.addContacts(1, { phone, suppressedAt: new Date(), suppressedReason: "opt-out" });
  const [other = ""] = await rig.world.addContacts(1, { phone: "+14155550141" });
  await rig.world.sendEvent(one, "promo");
  await rig.world.sendEvent(other, "promo");
  rig.startWorker();
  await untilDecided(2);
  expect(rig.accepted).toHaveLength(1);
});
