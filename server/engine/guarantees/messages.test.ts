import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, inArray } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { systemClock } from "#server/clock.ts";
import { SignalHost } from "../signals/signal-host.ts";
import { TestRig } from "../test-rig.ts";

const patience = { timeout: 40_000, interval: 20 };
const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const { message, outbox, contact, channel } = tables;

let rig: TestRig;
beforeEach(async () => {
  rig = await TestRig.open();
});
afterEach(() => rig.close());

const messages = () => rig.database.db.select().from(message);
async function applyQueued(): Promise<void> {
  const host = new SignalHost({ pool: rig.database.pool, clock: systemClock, log: pino({ level: "silent" }) });
  for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
}

test("4. a message is claimed before it is sent, carries our id, and ends as sent, failed, skipped or unknown with its reason", async () => {
  await rig.subscribe();
  await rig.world.publish("kyc", [hello], [["start", "next", "hi"]]);
  const people = await rig.world.addContacts(40);
  const refusing = people.slice(0, 10);
  await rig.database.db.update(contact).set({ suppressedAt: new Date() }).where(inArray(contact.id, refusing));
  await rig.control("faults", { mode: "accept-then-drop", count: 5 });
  await rig.control("faults", { mode: "sync", code: 131_026, count: 5 });
  for (const person of people) await rig.world.sendEvent(person, "kyc");
  rig.startWorker();
  const counts = async () => Object.groupBy(await messages(), ({ status }) => status);
  await vi.waitFor(async () => {
    const { skipped = [], failed = [], read = [] } = await counts();
    expect([skipped.length, failed.length, read.length]).toEqual([10, 5, 25]);
  }, patience);
  const all = await messages();
  expect(all.filter((each) => ["skipped", "failed"].includes(each.status) && each.reason === null)).toEqual([]);
  const refs = rig.accepted.map((each) => each.ref);
  expect(new Set(refs).size).toBe(25);
  expect(refs.toSorted()).toEqual(
    all
      .filter((each) => each.status === "read")
      .map((each) => each.id)
      .toSorted(),
  );
});

test("5. the send gate runs last, all its checks are told, and the cap is used only when every other check says yes", async () => {
  await rig.world.publish("promo", [hello], [["start", "next", "hi"]], { purpose: "marketing" });
  const [open = "", stopped = ""] = await rig.world.addContacts(2);
  for (const person of [open, stopped]) await rig.world.sendEvent(person, "promo");
  await applyQueued();
  // After it was queued and before it is claimed.
  await rig.database.db.update(contact).set({ suppressedAt: new Date() }).where(eq(contact.id, stopped));
  rig.startWorker();
  await vi.waitFor(async () => {
    const rows = await messages();
    expect(rows.map(({ contactId, status }) => [contactId, status])).toEqual(
      expect.arrayContaining([
        [open, "sent"],
        [stopped, "skipped"],
      ]),
    );
  }, patience);
  const { rows } = await rig.database.pool.query<{ contact_id: string; used: number }>(
    "select contact_id, used from cap_counter",
  );
  expect(rows).toEqual([{ contact_id: open, used: 1 }]);
  const checks = (await messages()).map((each) => each.checks?.map(({ check }) => check));
  expect(checks[0]?.length).toBeGreaterThanOrEqual(10);
  expect(checks[1]).toEqual(checks[0]);
});

describe("12. no transaction is open while a provider or a webhook is called", () => {
  let server: Server;
  let calls: { path: string; openAllTheTime: string[] }[];

  /** The worker's transactions that are open now. */
  async function openTransactions(): Promise<string[]> {
    const { rows } = await rig.database.pool.query<{ id: string }>(
      `select pid || ' since ' || xact_start as id from pg_stat_activity
       where datname = current_database() and application_name like 'chasqui-worker-%' and xact_start is not null
         and state <> 'idle'`,
    );
    return rows.map(({ id }) => id);
  }

  /** Keeps a call waiting until the worker's transactions that were open when it came are over, and notes those that never are. */
  beforeEach(async () => {
    calls = [];
    server = createServer(async (request, response) => {
      request.resume();
      let openAllTheTime = await openTransactions();
      await expect
        .poll(
          async () => {
            const open = new Set(await openTransactions());
            openAllTheTime = openAllTheTime.filter((id) => open.has(id));
            return openAllTheTime;
          },
          { timeout: 3_000 },
        )
        .toEqual([])
        .catch(() => undefined);
      calls.push({ path: request.url ?? "", openAllTheTime });
      const body = { messaging_product: "whatsapp", contacts: [], messages: [{ id: `wamid.${calls.length}` }] };
      response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test("a slow provider and a slow webhook hold no transaction open", async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await rig.database.db.update(channel).set({ baseUrl: url });
    const call = {
      id: "call",
      type: "webhook",
      data: { method: "POST", url: `${url}/hook`, headers: {}, body: {}, timeoutSeconds: 5, mapping: {} },
    };
    await rig.world.publish(
      "fraud",
      [hello, call],
      [
        ["start", "next", "hi"],
        ["hi", "next", "call"],
      ],
    );
    const [person = ""] = await rig.world.addContacts(1);
    rig.startWorker({ allowsLoopback: true });
    await rig.world.sendEvent(person, "fraud");
    const paths = () => calls.map((each) => each.path.split("/").at(-1));
    await vi.waitFor(() => expect(paths()).toEqual(expect.arrayContaining(["messages", "hook"])), patience);
    expect(calls.filter((each) => each.openAllTheTime.length > 0)).toEqual([]);
  });
});

describe("a stop", () => {
  test("takes less than a second when nothing is under way", async () => {
    const worker = rig.startWorker();
    await vi.waitFor(async () => expect(await rig.database.db.$count(tables.worker)).toBe(1), patience);
    const before = performance.now();
    await worker.stop();
    expect(performance.now() - before).toBeLessThan(1000);
    expect(await rig.database.db.$count(tables.worker)).toBe(0);
  });

  test("in the middle of 400 messages leaves none unknown and none in between, and the next worker sends the rest once", async () => {
    await rig.database.db.update(channel).set({ messagesPerSecond: 200 });
    await rig.world.publish("kyc", [hello], [["start", "next", "hi"]]);
    for (const person of await rig.world.addContacts(400)) await rig.world.sendEvent(person, "kyc");
    const worker = rig.startWorker();
    await vi.waitFor(() => expect(rig.accepted.length).toBeGreaterThan(30), patience);
    const before = performance.now();
    await worker.stop();
    expect(performance.now() - before).toBeLessThan(20_000);
    const told = new Set((await messages()).map((each) => each.status));
    expect(told).toEqual(new Set(["queued", "sent"]));
    expect(await rig.database.db.$count(outbox, inArray(outbox.status, ["sending", "unknown"]))).toBe(0);
    expect(rig.accepted.length).toBeLessThan(400);
    rig.startWorker();
    await vi.waitFor(() => expect(rig.accepted).toHaveLength(400), patience);
    expect(new Set(rig.accepted.map((each) => each.ref)).size).toBe(400);
  });
});
