import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, isNotNull } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { gateChecks } from "#flow/gate/decide-send.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { systemClock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { ChannelBook } from "./dispatch/channel-book.ts";
import { claimMessages } from "./dispatch/claim-messages.ts";
import { dueWorkspaces } from "./dispatch/claim-outbox.ts";
import { reconcile } from "./dispatch/reconcile.ts";
import { settle } from "./dispatch/settle.ts";
import { engineUrl } from "./engine-url.ts";
import { sampleSecret } from "./sample-world.ts";
import { SignalHost } from "./signals/signal-host.ts";
import { TestRig } from "./test-rig.ts";
import { WebhookHost } from "./webhooks/webhook-host.ts";

const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};
const patience = { timeout: 40_000, interval: 20 };

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
  expect(message?.checks).toHaveLength(gateChecks.length);
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

test("statuses of the provider move the message forward and reach a waiting flow", async () => {
  const read = {
    id: "read",
    type: "wait-until",
    data: { sources: [{ kind: "status", id: "read", status: "read" }], timeout: { amount: 1, unit: "days" } },
  };
  await rig.world.publish(
    "kyc",
    [hello, read, { id: "goal", type: "goal", data: { name: "read" } }],
    [
      ["start", "next", "hi"],
      ["hi", "next", "read"],
      ["read", "read", "goal"],
    ],
  );
  await rig.subscribe();
  const [person = ""] = await rig.world.addContacts(1);
  rig.startWorker();
  await rig.world.sendEvent(person, "kyc");
  await vi.waitFor(async () => expect(await messages()).toMatchObject([{ status: "read", reason: null }]), patience);
  await vi.waitFor(async () => {
    expect(await rig.database.db.select().from(tables.enrollment)).toMatchObject([{ status: "ended" }]);
  }, patience);
  expect(await rig.database.db.$count(tables.rawWebhook, isNotNull(tables.rawWebhook.error))).toBe(0);
});

test("a tap on a button of a message leads the person on by that button", async () => {
  await rig.world.publish(
    "kyc",
    [hello, { id: "agent", type: "hand-off", data: { queue: "KYC", priority: "urgent", note: "" } }],
    [
      ["start", "next", "hi"],
      ["hi", "button:help", "agent"],
    ],
  );
  await rig.subscribe();
  const [person = ""] = await rig.world.addContacts(1);
  rig.startWorker();
  await rig.world.sendEvent(person, "kyc");
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
  await rig.control("tap", { wamid: rig.accepted[0]?.wamid, button_index: 0 });
  await vi.waitFor(async () => {
    expect(await rig.database.db.select().from(tables.handOff)).toMatchObject([{ contactId: person, queue: "KYC" }]);
  }, patience);
  const [sent, tapped] = await messages();
  expect(sent?.repliedAt).not.toBeNull();
  expect(tapped).toMatchObject({ direction: "inbound", status: "received", contactId: person });
});

test("STOP wins over a message that is already queued, and START takes it back", async () => {
  await rig.world.publish("kyc", [hello], [["start", "next", "hi"]], { reEntry: { mode: "every-event" } });
  await rig.subscribe();
  const [person = ""] = await rig.world.addContacts(1, { phone: "+14155550100" });
  const { pool } = rig.database;
  const host = new SignalHost({ pool, clock: systemClock, log: createLog("worker") });
  await rig.world.sendEvent(person, "kyc");
  await host.applyQueued();
  expect(await rig.database.db.$count(tables.outbox)).toBe(1);
  await rig.control("inbound", { from: "14155550100", text: "Stop." });
  const webhooks = new WebhookHost({ pool, clock: systemClock, log: createLog("worker") });
  await vi.waitFor(async () => expect((await webhooks.apply()).calls).toBeGreaterThan(0), patience);
  rig.startWorker();
  await vi.waitFor(async () => {
    expect(await messages()).toContainEqual(
      expect.objectContaining({ status: "skipped", reason: "consent-withdrawn" }),
    );
  }, patience);
  expect(rig.accepted).toHaveLength(0);
  await rig.control("inbound", { from: "14155550100", text: "START" });
  await vi.waitFor(async () => {
    const rows = await rig.database.db.select().from(tables.contact).where(eq(tables.contact.id, person));
    expect(rows).toMatchObject([
      { suppressedAt: null, consents: { service: { state: "granted", source: "keyword" } } },
    ]);
  }, patience);
  expect(await rig.database.db.$count(tables.consent)).toBe(4);
  await rig.world.sendEvent(person, "kyc");
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
});

test("16 dispatchers at once: nobody gets more than the cap, nor two messages at the same time", async () => {
  await rig.world.publish("promo", [hello], [["start", "next", "hi"]], { reEntry: { mode: "every-event" } });
  const people = await rig.world.addContacts(20);
  const { pool } = rig.database;
  for (let index = 0; index < 5; index += 1) for (const person of people) await rig.world.sendEvent(person, "promo");
  await new SignalHost({ pool, clock: systemClock, log: createLog("worker") }).applyQueued();
  expect(await rig.database.db.$count(tables.outbox)).toBe(100);
  const wide = connect(engineUrl(rig.database.url), { name: "race", max: 16, onError: () => undefined });
  const channels = new ChannelBook(sampleSecret);
  const claimOnce = async () => {
    const due = (await dueWorkspaces(wide.pool)).map((each) => ({ ...each, allowance: 7 }));
    const options = { channels, publicUrl: "http://localhost", now: new Date(), claim: newId() };
    const { toSend } = await claimMessages(wide.pool, due, options);
    return toSend.map(({ candidate, channel }) => ({ candidate, channel, claim: options.claim }));
  };
  const sent = new Map<string, number>();
  while ((await rig.database.db.$count(tables.outbox)) > 0) {
    const claimed = (await Promise.all(Array.from({ length: 16 }, claimOnce))).flat();
    const contacts = claimed.map(({ candidate }) => candidate.contactId);
    expect(new Set(contacts).size).toBe(contacts.length);
    for (const contact of contacts) sent.set(contact, (sent.get(contact) ?? 0) + 1);
    const settlement = { kind: "sent", wamid: "wamid", waId: null } as const;
    await settle(
      wide.pool,
      claimed.map(({ candidate, channel, claim }) => ({
        message: candidate,
        channelId: channel.id,
        claim,
        at: new Date(),
        settlement,
      })),
    );
  }
  await wide.pool.end();
  expect([...sent.values()]).toEqual(people.map(() => 3));
  const skipped = await rig.database.db.select().from(tables.message).where(eq(tables.message.status, "skipped"));
  expect(skipped).toHaveLength(40);
  expect(new Set(skipped.map((message) => message.reason))).toEqual(new Set(["frequency-cap"]));
});

describe("an unknown outcome", () => {
  /** One message claimed by a worker that dies right after. */
  async function claimAndDie(purpose: "service" | "fraud") {
    await rig.world.publish(`alert.${purpose}`, [hello], [["start", "next", "hi"]], { purpose });
    const [person = ""] = await rig.world.addContacts(1);
    const { pool } = rig.database;
    await rig.world.sendEvent(person, `alert.${purpose}`);
    await new SignalHost({ pool, clock: systemClock, log: createLog("worker") }).applyQueued();
    const due = (await dueWorkspaces(pool)).map((each) => ({ ...each, allowance: 10 }));
    const options = {
      channels: new ChannelBook(sampleSecret),
      publicUrl: "http://localhost",
      now: new Date(),
      claim: newId(),
    };
    const { toSend } = await claimMessages(pool, due, options);
    return { message: toSend[0], claim: options.claim };
  }
  const leasesRunOut = () => rig.database.db.update(tables.outbox).set({ leaseUntil: new Date(Date.now() - 1000) });

  test("of a crashed worker is cleared up by the status webhook, by our own id", async () => {
    await rig.subscribe();
    const { message } = await claimAndDie("service");
    await leasesRunOut();
    expect(await reconcile(rig.database.pool)).toMatchObject({ unknown: 1 });
    expect(await messages()).toMatchObject([{ status: "unknown", reason: "unknown-outcome" }]);
    // The call had been made after all.
    if (message?.channel.connection)
      await metaCloud.send(
        message.channel.connection,
        { ref: message.candidate.messageId, to: message.to, message: message.prepared.outgoing },
        AbortSignal.timeout(5000),
      );
    rig.startWorker();
    await vi.waitFor(async () => expect(await messages()).toMatchObject([{ status: "read", reason: null }]), patience);
    expect(await rig.database.db.$count(tables.outbox)).toBe(0);
    expect(rig.accepted).toHaveLength(1);
  });

  test("is never resent for a service message, and once more for a fraud alert", async () => {
    for (const purpose of ["service", "fraud"] as const) {
      await claimAndDie(purpose);
      await leasesRunOut();
      await reconcile(rig.database.pool);
      await leasesRunOut();
    }
    expect(await reconcile(rig.database.pool)).toMatchObject({ resent: 1 });
    rig.startWorker();
    await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
    await vi.waitFor(async () => {
      const rows = await messages();
      expect(rows.map(({ purpose, status, reason }) => [purpose, status, reason])).toEqual([
        ["service", "unknown", "unknown-outcome"],
        ["fraud", "sent", "resent"],
      ]);
    }, patience);
  });

  test("of a zombie's call counts as sent, but its refusal is not believed any more", async () => {
    const { message, claim } = await claimAndDie("service");
    await leasesRunOut();
    await reconcile(rig.database.pool);
    if (!message) throw new Error("Nothing was claimed.");
    const late = { message: message.candidate, channelId: message.channel.id, claim, at: new Date() };
    await settle(rig.database.pool, [
      { ...late, settlement: { kind: "failed", reason: "provider-refused", code: 1, detail: "" } },
    ]);
    expect(await messages()).toMatchObject([{ status: "unknown" }]);
    await settle(rig.database.pool, [{ ...late, settlement: { kind: "sent", wamid: "wamid.late", waId: null } }]);
    expect(await messages()).toMatchObject([{ status: "sent", wamid: "wamid.late" }]);
    expect(await rig.database.db.$count(tables.outbox)).toBe(0);
  });
});

test.each([
  ["the connection breaks", { mode: "accept-then-drop" }],
  ["a gateway answers 500", { mode: "accept-then-500" }],
  ["Meta itself answers 500 with a code that proves nothing", { mode: "accept-then-error", code: 1 }],
])("what the provider took before %s is unknown, then known by its status; it is not sent twice", async (_, fault) => {
  for (const purpose of ["service", "marketing"] as const)
    await rig.world.publish(purpose, [hello], [["start", "next", "hi"]], { purpose });
  await rig.subscribe();
  await rig.control("faults", { ...fault, count: 2 });
  const people = await rig.world.addContacts(2);
  rig.startWorker();
  await rig.world.sendEvent(people[0] ?? "", "service");
  await rig.world.sendEvent(people[1] ?? "", "marketing");
  const read = { status: "read", reason: null };
  await vi.waitFor(async () => expect(await messages()).toMatchObject([read, read]), patience);
  await vi.waitFor(async () => expect(await rig.database.db.$count(tables.outbox)).toBe(0), patience);
  expect(new Set(rig.accepted.map(({ ref }) => ref)).size).toBe(2);
  expect(rig.accepted).toHaveLength(2);
});

test("a refusal for good fails the message, gives the cap back and leads on by the failed handle", async () => {
  await rig.world.publish(
    "kyc",
    [hello, { id: "agent", type: "hand-off", data: { queue: "Calls", priority: "normal", note: "" } }],
    [
      ["start", "next", "hi"],
      ["hi", "failed", "agent"],
    ],
  );
  await rig.control("faults", { mode: "sync", code: 131_026, count: 1 });
  const [person = ""] = await rig.world.addContacts(1);
  rig.startWorker();
  await rig.world.sendEvent(person, "kyc");
  await vi.waitFor(async () => expect(await rig.database.db.$count(tables.handOff)).toBe(1), patience);
  expect(await messages()).toMatchObject([{ status: "failed", reason: "undeliverable", errorCode: 131_026 }]);
  expect(await rig.database.db.select().from(tables.capCounter)).toMatchObject([{ used: 0 }]);
});

test("messages of a held flow stay until it is released", async () => {
  const flowId = await rig.world.publish("kyc", [hello], [["start", "next", "hi"]]);
  const [person = ""] = await rig.world.addContacts(1);
  await rig.world.sendEvent(person, "kyc");
  await new SignalHost({ pool: rig.database.pool, clock: systemClock, log: createLog("worker") }).applyQueued();
  await rig.database.db.update(tables.flow).set({ status: "held" }).where(eq(tables.flow.id, flowId));
  rig.startWorker();
  await vi.waitFor(async () => {
    expect(await rig.database.db.select().from(tables.outbox)).toMatchObject([{ status: "held", heldFlowId: flowId }]);
  }, patience);
  await rig.database.db.update(tables.flow).set({ status: "active" }).where(eq(tables.flow.id, flowId));
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
});

test("a webhook step's answer leads the person on", async () => {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url} ${request.headers["idempotency-key"]}`);
    response.statusCode = calls.length === 1 ? 503 : 200;
    response.end(JSON.stringify({ card: { state: "blocked" } }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const call = {
    id: "call",
    type: "webhook",
    data: {
      method: "POST",
      url: `http://127.0.0.1:${port}/block`,
      headers: {},
      body: {},
      timeoutSeconds: 5,
      mapping: { state: "card.state" },
    },
  };
  await rig.world.publish("fraud", [call], [["start", "next", "call"]]);
  const [person = ""] = await rig.world.addContacts(1);
  rig.startWorker({ allowsLoopback: true });
  await rig.world.sendEvent(person, "fraud");
  await vi.waitFor(async () => {
    expect(await rig.database.db.select().from(tables.enrollment)).toMatchObject([
      { status: "ended", state: { values: { state: "blocked" } } },
    ]);
  }, patience);
  server.close();
  expect(calls).toHaveLength(2);
  expect(new Set(calls).size).toBe(1);
});

test("a webhook step cannot reach the inside of the network", async () => {
  const call = {
    id: "call",
    type: "webhook",
    data: {
      method: "GET",
      url: "http://169.254.169.254/latest/meta-data",
      headers: {},
      body: {},
      timeoutSeconds: 5,
      mapping: {},
    },
  };
  await rig.world.publish(
    "fraud",
    [call, { id: "agent", type: "hand-off", data: { queue: "IT", priority: "normal", note: "" } }],
    [
      ["start", "next", "call"],
      ["call", "failed", "agent"],
    ],
  );
  const [person = ""] = await rig.world.addContacts(1);
  rig.startWorker();
  await rig.world.sendEvent(person, "fraud");
  await vi.waitFor(async () => expect(await rig.database.db.$count(tables.handOff)).toBe(1), patience);
  expect(await rig.database.db.select().from(tables.webhookCall)).toMatchObject([
    { status: "failed", error: "address-not-allowed" },
  ]);
});

test("an expired token pauses the number and keeps the message; once it is connected again the message leaves", async () => {
  await rig.world.publish("kyc", [hello], [["start", "next", "hi"]]);
  await rig.control("faults", { mode: "sync", code: 190, count: 1 });
  const [person = ""] = await rig.world.addContacts(1);
  let offset = 0;
  rig.startWorker({ clock: { now: () => new Date(Date.now() + offset) } });
  await rig.world.sendEvent(person, "kyc");
  const channels = () => rig.database.db.select().from(tables.channel);
  await vi.waitFor(async () => expect(await channels()).toMatchObject([{ status: "paused" }]), patience);
  offset = 6 * 60_000;
  await vi.waitFor(async () => {
    expect(await messages()).toMatchObject([{ status: "queued", reason: "channel-paused" }]);
  }, patience);
  await rig.database.db.update(tables.channel).set({ status: "connected" });
  offset = 20 * 60_000;
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
});

test("a worker outlives the loss of all its database connections", async () => {
  await rig.world.publish("kyc", [hello], [["start", "next", "hi"]]);
  const [first = "", second = ""] = await rig.world.addContacts(2);
  rig.startWorker();
  await rig.world.sendEvent(first, "kyc");
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(1), patience);
  await rig.database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name similar to 'chasqui-(worker-%|listen)'`,
  );
  await rig.world.sendEvent(second, "kyc");
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(2), patience);
});

test("6. priority lanes: a marketing backlog does not delay a fraud alert, and the number's limit holds", async () => {
  await rig.database.db.update(tables.channel).set({ messagesPerSecond: 40 });
  await rig.control("limits", { mps: 40 });
  await rig.world.publish("promo", [hello], [["start", "next", "hi"]], { purpose: "marketing" });
  await rig.world.publish("fraud", [hello], [["start", "next", "hi"]], { purpose: "fraud" });
  const people = await rig.world.addContacts(400);
  const [victim = ""] = people;
  for (const person of people) await rig.world.sendEvent(person, "promo");
  await new SignalHost({ pool: rig.database.pool, clock: systemClock, log: createLog("worker") }).applyQueued();
  rig.startWorker();
  await vi.waitFor(() => expect(rig.accepted.length).toBeGreaterThan(20), patience);
  await rig.world.sendEvent(victim, "fraud");
  const isAlertSent = async () => {
    const alerts = await rig.database.db.select().from(tables.message).where(eq(tables.message.purpose, "fraud"));
    expect(alerts).toMatchObject([{ status: "sent" }]);
  };
  await vi.waitFor(isAlertSent, patience);
  expect(rig.accepted.length).toBeLessThan(350);
  expect(await rig.database.db.$count(tables.message, eq(tables.message.errorCode, 130_429))).toBe(0);
});
