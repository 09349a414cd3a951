import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { systemClock } from "#server/clock.ts";
import { createLog } from "#server/log.ts";
import { SignalHost } from "../signals/signal-host.ts";
import { TestRig } from "../test-rig.ts";

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const people = 250;
const messagesEach = 4;
const leaving = 60;
const mostGapMs = 1_000;

let rig: TestRig;
beforeEach(async () => {
  rig = await TestRig.open();
});
afterEach(() => rig.close());

test("F38: while 1,000 messages are queued, nothing leaves for a person later than a second after their STOP is stored", async () => {
  const { db, pool } = rig.database;
  await db.update(tables.channel).set({ messagesPerSecond: 300 });
  await rig.world.publish("transaction", [hello], [["start", "next", "hi"]], {
    purpose: "transaction",
    reEntry: { mode: "every-event" },
  });
  await rig.subscribe();
  const ids = await rig.world.addContacts(people);
  for (let index = 0; index < messagesEach; index += 1)
    for (const id of ids) await rig.world.sendEvent(id, "transaction");
  const host = new SignalHost({ pool, clock: systemClock, log: createLog("worker") });
  while ((await host.applyQueued()).works > 0);
  expect(await db.$count(tables.outbox)).toBe(people * messagesEach);

  for (const _ of [1, 2]) rig.startWorker();
  await vi.waitFor(() => expect(rig.accepted.length).toBeGreaterThan(50), { timeout: 30_000, interval: 10 });
  const phones = (await db.select().from(tables.contact)).slice(-leaving).map(({ phone }) => phone?.slice(1) ?? "");
  expect(await db.$count(tables.outbox, eq(tables.outbox.status, "queued"))).toBeGreaterThan(300);
  await Promise.all(phones.map((from) => rig.control("inbound", { from, text: "STOP" })));
  await vi.waitFor(async () => expect(await db.$count(tables.outbox)).toBe(0), { timeout: 60_000, interval: 100 });

  const stops = await db.select().from(tables.consent).where(eq(tables.consent.source, "keyword"));
  const stoppedAt = new Map(stops.map(({ contactId, at }) => [contactId, at.getTime()]));
  expect(stoppedAt.size).toBe(leaving);
  const contactOf = new Map((await db.select().from(tables.message)).map(({ id, contactId }) => [id, contactId]));
  const gaps = rig.accepted.map(
    ({ ref, at }) => at - (stoppedAt.get(contactOf.get(ref ?? "") ?? "") ?? Number.POSITIVE_INFINITY),
  );
  // The longest time after the STOP at which a message to that person still came; what is negative came before.
  expect(Math.max(...gaps)).toBeLessThan(mostGapMs);
  const skipped = await db.$count(tables.message, eq(tables.message.reason, "opt-out"));
  const withdrawn = await db.$count(tables.message, eq(tables.message.reason, "consent-withdrawn"));
  expect(rig.accepted.length + skipped + withdrawn).toBe(people * messagesEach);
  expect(skipped + withdrawn).toBeGreaterThan(leaving);
}, 120_000);
