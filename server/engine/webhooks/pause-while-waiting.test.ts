import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { systemClock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { SignalHost } from "../signals/signal-host.ts";
import { TestRig } from "../test-rig.ts";

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const rest = { id: "rest", type: "wait", data: { mode: "duration", duration: { amount: 30, unit: "days" } } };
const people = 500;
const mostGapMs = 1_000;
const patience = { timeout: 60_000, interval: 20 };

let rig: TestRig;
let ownerId: string;
beforeEach(async () => {
  rig = await TestRig.open();
  ownerId = newId();
  const { db } = rig.database;
  await db.insert(tables.user).values({ id: ownerId, name: "Owner", email: "owner@bank.example" });
  await db
    .insert(tables.member)
    .values({ id: newId(), workspaceId: rig.world.workspaceId, userId: ownerId, role: "owner" });
});
afterEach(() => rig.close());

const queued = () => rig.database.db.$count(tables.outbox, eq(tables.outbox.status, "queued"));
const held = () => rig.database.db.$count(tables.outbox, sql`held_template_id is not null`);

/** Two flows that send the same template to the same number of people; one waits for it when it is stopped. */
async function queueThousand(): Promise<void> {
  const { db, pool } = rig.database;
  await db.update(tables.channel).set({ messagesPerSecond: 80 });
  const paths: [string, string, string][] = [
    ["start", "next", "hi"],
    ["hi", "blocked", "rest"],
  ];
  await rig.world.publish("patient", [hello, rest], paths, { purpose: "transaction", templateHoldHours: 24 });
  await rig.world.publish("hasty", [hello, rest], paths, { purpose: "transaction" });
  await rig.subscribe();
  for (const id of await rig.world.addContacts(people)) {
    await rig.world.sendEvent(id, "patient");
    await rig.world.sendEvent(id, "hasty");
  }
  const host = new SignalHost({ pool, clock: systemClock, log: createLog("worker") });
  while ((await host.applyQueued()).works > 0);
  expect(await db.$count(tables.outbox)).toBe(2 * people);
}

const providerSays = async (event: "PAUSED" | "APPROVED") => {
  const template = [...rig.sandbox.sandbox.world.templates.values()].find(({ name }) => name === "hello");
  await rig.control(`templates/${template?.id}/decide`, { event });
};

test("F36: the provider pauses a template while 1,000 people wait: nothing leaves later than a second after, each flow's people do as it says, and the owner knows", async () => {
  await queueThousand();
  const { db } = rig.database;
  rig.startWorker();
  await vi.waitFor(() => expect(rig.accepted.length).toBeGreaterThan(40), patience);
  await providerSays("PAUSED");
  await vi.waitFor(async () => {
    const [row] = await db.select().from(tables.templateLanguage);
    expect(row?.status).toBe("paused");
  }, patience);
  const pausedAt = Date.now();
  await vi.waitFor(async () => expect(await queued()).toBe(0), patience);
  const tookMs = Date.now() - pausedAt;

  // The provider's own ledger: when it took each message.
  await vi.waitFor(
    async () => expect(await db.$count(tables.outbox, eq(tables.outbox.status, "sending"))).toBe(0),
    patience,
  );
  const left = rig.accepted.length;
  expect(Math.max(...rig.accepted.map(({ at }) => at)) - pausedAt).toBeLessThan(mostGapMs);
  expect(tookMs).toBeLessThan(5 * mostGapMs);

  const waiting = await held();
  const blocked = await db.$count(tables.message, eq(tables.message.reason, "template-paused"));
  const refused = await db.$count(tables.message, eq(tables.message.status, "failed"));
  expect(left + waiting + blocked + refused).toBe(2 * people);
  expect(waiting).toBeGreaterThan(people / 2);
  expect(blocked).toBeGreaterThan(people / 2);
  await vi.waitFor(
    async () => expect(await db.$count(tables.enrollment, eq(tables.enrollment.nodeId, "rest"))).toBe(blocked),
    patience,
  );
  const told = await db.select().from(tables.notification).where(eq(tables.notification.userId, ownerId));
  expect(told.map(({ kind }) => kind)).toContain("template-paused");

  await providerSays("APPROVED");
  await vi.waitFor(async () => expect(await db.$count(tables.outbox)).toBe(0), patience);
  expect(rig.accepted).toHaveLength(left + waiting);
}, 180_000);
