import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accessKey, contact, enrollment, flowVersion, message, signalQueue } from "#db/schema/index.ts";
import { gateChecks } from "#flow/gate/decide-send.ts";
import { FlowSettings, Graph } from "#flow/graph.ts";
import type { JsonObject } from "#flow/json.ts";
import type { Rule } from "#flow/rule.ts";
import { systemClock } from "#server/clock.ts";
import { post } from "#server/door/test-door.ts";
import { TestRig } from "#server/engine/test-rig.ts";
import { flowStatusVerb } from "#server/flows/change-flow-status.ts";
import { importFlow } from "#server/flows/import-flow.ts";
import { publishFlow } from "#server/flows/publish-flow.ts";
import { newId } from "#server/id.ts";
import { fingerprint } from "#server/secret.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { explainContact } from "./explain-contact.ts";

const patience = { timeout: 40_000, interval: 20 };

let rig: TestRig;
let actor: Actor;
beforeAll(async () => {
  rig = await TestRig.open();
  const { workspaceId } = rig.world;
  const values = { id: newId(), workspaceId, kind: "write" as const, name: "door", last4: "rite" };
  await rig.database.db.insert(accessKey).values({ ...values, hash: fingerprint("rig-write") });
  actor = { ...(await joinWorkspace(rig.database.db, workspaceId)), clock: systemClock };
  rig.startWorker();
});
afterAll(() => rig.close());

/** Brings one call to the door as a source system does, and waits until the engine has dealt with it. */
async function bring(kind: "track" | "identify", userId: string, values: JsonObject): Promise<void> {
  const url = `http://127.0.0.1:${rig.door.port}/v1/${kind}`;
  const answer = await post(url, "rig-write", { userId, ...values });
  expect(answer.status).toBeLessThan(300);
  await vi.waitFor(async () => expect(await rig.database.db.$count(signalQueue)).toBe(0), patience);
}

const happens = (userId: string, event: string, properties: JsonObject = {}) =>
  bring("track", userId, { event, properties });

let phones = 5_558_001;
/** A person whom a source system has told us about, with consent. Answers how they are called there, and here. */
async function person(traits: JsonObject = {}): Promise<{ userId: string; contactId: string }> {
  const userId = newId();
  const told = { firstName: "Kofi", phone: `+1415${phones++}`, whatsappConsent: ["service", "marketing"], ...traits };
  await bring("identify", userId, { traits: told });
  const [row] = await rig.database.db.select({ id: contact.id }).from(contact).where(eq(contact.externalId, userId));
  return { userId, contactId: row?.id ?? "" };
}

/** Publishes a flow that its own event starts: a greeting, then three days of waiting. */
async function publish(
  rule: Rule,
  event = `kyc.n${newId().replaceAll("-", "")}`,
): Promise<{ flowId: string; event: string }> {
  const step = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data });
  const values = { first_name: { from: "path", path: "contact.firstName" } };
  const graph = Graph.parse({
    schemaVersion: 1,
    nodes: [
      step("start", "trigger-event", { event, rule }),
      step("mark", "update-contact", { changes: [{ op: "set", attribute: "asked", value: true }] }),
      step("hi", "send", { template: "hello", values }),
      step("rest", "wait", { mode: "duration", duration: { amount: 3, unit: "days" } }),
      step("out", "exit", { reason: "done" }),
    ],
    edges: [
      { id: "a", source: "start", sourceHandle: "next", target: "mark" },
      { id: "b", source: "mark", sourceHandle: "next", target: "hi" },
      { id: "c", source: "hi", sourceHandle: "next", target: "rest" },
      { id: "d", source: "rest", sourceHandle: "next", target: "out" },
    ],
    settings: FlowSettings.parse({}),
  });
  const { flowId } = await importFlow(actor, { name: event, graph });
  await publishFlow(actor, { flowId }, { keyId: newId() });
  return { flowId, event };
}

const askAbout = async (contactId: string, flowId: string) => {
  const { flows } = await explainContact(actor, { contactId, flowId });
  return flows[0] ?? { verdict: "none", attempts: [] };
};

const belowTwo: Rule = { path: "contact.kycLevel", op: "lt", value: 2 };

describe("the answer agrees with the engine", () => {
  test("for who entered: path, steps never reached, and the message with every check", async () => {
    const { flowId, event } = await publish({ all: [belowTwo, { path: "contact.asked", op: "notExists" }] });
    const { userId, contactId } = await person({ kycLevel: 1 });
    await happens(userId, event);
    await vi.waitFor(async () => {
      const sent = await rig.database.db.select().from(message).where(eq(message.contactId, contactId));
      expect(sent).toMatchObject([{ status: "sent" }]);
    }, patience);
    const { verdict, attempts } = await askAbout(contactId, flowId);
    expect(verdict).toBe("entered");
    expect(attempts).toHaveLength(1);
    const [{ enrollment: inside, rules, version, refusal } = { enrollment: null, rules: [] }] = attempts;
    expect({ version: version?.number, refusal }).toEqual({ version: 1, refusal: null });
    // The flow itself has set "asked" since.
    expect(rules).toMatchObject([
      { actual: 1, verdict: "holds", setBy: { kind: "identify" } },
      { actual: null, verdict: "holds", now: true },
    ]);
    expect(inside?.path.map(({ nodeId, outcome, handle }) => [nodeId, outcome, handle?.id])).toEqual([
      ["start", "left", "next"],
      ["mark", "left", "next"],
      ["hi", "left", "next"],
      ["rest", "waiting", undefined],
    ]);
    expect(inside?.path.at(-1)?.waitsUntil?.getTime()).toBeGreaterThan(Date.now());
    expect(inside?.neverReached).toMatchObject([{ nodeId: "out", type: "exit" }]);
    expect(inside?.messages).toMatchObject([{ status: "sent", template: "hello", step: { nodeId: "hi" } }]);
    expect(inside?.messages[0]?.checks).toHaveLength(gateChecks.length);
    expect(JSON.stringify(attempts)).not.toContain("Hello Kofi");
  });

  test("for a message that the cap stopped: the check, and the messages that had used it up", async () => {
    const { userId, contactId } = await person();
    const flows = [
      await publish({ all: [] }),
      await publish({ all: [] }),
      await publish({ all: [] }),
      await publish({ all: [] }),
    ];
    for (const { event } of flows) {
      await happens(userId, event);
      await vi.waitFor(async () => {
        const rows = await rig.database.db.select().from(message).where(eq(message.contactId, contactId));
        expect(rows.some((row) => row.status === "queued" || row.status === "sending")).toBe(false);
      }, patience);
    }
    const { attempts } = await askAbout(contactId, flows[3]?.flowId ?? "");
    const [skipped] = attempts[0]?.enrollment?.messages ?? [];
    expect(skipped).toMatchObject({ status: "skipped", reason: "frequency-cap", sentAt: null });
    expect(skipped?.checks).toContainEqual({ check: "cap", verdict: "block", seen: "3", needed: "< 3" });
    expect(skipped?.cappedBy.map((row) => row.flowName)).toEqual(flows.slice(0, 3).map((flow) => flow.event));
    // The engine itself has written the day, with what it stopped and with what had used it up.
    const rows = await rig.database.db.select().from(message).where(eq(message.contactId, contactId));
    expect(new Set(rows.map((row) => row.capDay))).toEqual(new Set([skipped?.capDays?.to]));
  });

  test("for who did not enter: the failing rule with the value of that moment, though it is another now", async () => {
    const { flowId, event } = await publish({ all: [belowTwo] });
    const { userId, contactId } = await person({ kycLevel: 2 });
    await happens(userId, event);
    await bring("identify", userId, { traits: { kycLevel: 1 } });
    const { verdict, attempts } = await askAbout(contactId, flowId);
    expect(verdict).toBe("did-not-enter");
    expect(attempts).toMatchObject([
      {
        event: { name: event },
        refusal: { reason: "entry-criteria" },
        rules: [{ test: belowTwo, actual: 2, now: 1, verdict: "fails", asOf: "then", setBy: { kind: "identify" } }],
        enrollment: null,
      },
    ]);
  });

  test("for who was inside already, and for a flow that was paused then and runs again", async () => {
    const { flowId, event } = await publish({ all: [] });
    const { userId, contactId } = await person();
    await happens(userId, event);
    await happens(userId, event);
    await flowStatusVerb("pause-flow")(actor, { flowId });
    await happens(userId, event);
    await flowStatusVerb("resume-flow")(actor, { flowId });
    const { verdict, attempts } = await askAbout(contactId, flowId);
    // Inside all the time: what came later and let nobody in takes nothing from it.
    expect(verdict).toBe("entered");
    expect(attempts.map((attempt) => attempt.refusal?.reason ?? attempt.verdict)).toEqual([
      "paused",
      "re-entry",
      "entered",
    ]);
    expect(attempts[1]?.reEntry).toMatchObject({ mode: "after-exit", holds: false, insideSince: expect.any(Date) });
  });

  test("for an event that came before the flow was published", async () => {
    const { event } = await publish({ all: [] });
    const { userId, contactId } = await person();
    await happens(userId, event);
    const late = await publish({ all: [] }, event);
    expect(await askAbout(contactId, late.flowId)).toMatchObject({
      verdict: "did-not-enter",
      attempts: [{ version: null, refusal: { reason: "not-published", since: expect.any(Date) } }],
    });
  });
});

describe("what is asked for", () => {
  test("flows without an event are listed as such, and an empty period names the last event", async () => {
    const { flowId, event } = await publish({ all: [] });
    const { userId, contactId } = await person();
    await happens(userId, event);
    const publishedAt = new Date(Date.now() - 7_200_000);
    await rig.database.db.update(flowVersion).set({ publishedAt }).where(eq(flowVersion.flowId, flowId));
    const to = new Date(Date.now() - 3_600_000);
    const answer = await explainContact(actor, { contactId, flowId, to });
    expect(answer).toMatchObject({
      flows: [{ verdict: "no-event", attempts: [] }],
      lastEvent: { name: event },
      hasMore: false,
    });
  });

  test("one message is explained whenever it was sent, and nothing beside it", async () => {
    const flows = [await publish({ all: [] }), await publish({ all: [] })];
    const { userId, contactId } = await person();
    for (const { event } of flows) await happens(userId, event);
    const [sent] = await rig.database.db
      .select()
      .from(message)
      .where(eq(message.flowId, flows[0]?.flowId ?? ""));
    await rig.database.db
      .update(enrollment)
      .set({ enteredAt: new Date("2026-01-01T00:00:00Z") })
      .where(eq(enrollment.id, sent?.enrollmentId ?? ""));
    const answer = await explainContact(actor, { contactId, messageId: sent?.id });
    expect(answer.flows.map((flow) => flow.id)).toEqual([flows[0]?.flowId]);
    expect(answer.flows[0]?.attempts).toMatchObject([{ enrollment: { messages: [{ id: sent?.id }] } }]);
  });

  test.each([
    ["longer than is kept", { from: new Date("2020-01-01") }],
    ["backwards", { from: new Date("2026-11-02"), to: new Date("2026-11-01") }],
  ])("a period %s is refused", async (_, span) => {
    const { contactId } = await person();
    await expect(explainContact(actor, { contactId, ...span })).rejects.toMatchObject({ code: "bad-input" });
  });

  test("phone numbers are masked", async () => {
    const { contactId } = await person({ phone: "+14155559999" });
    const answer = await explainContact(actor, { contactId });
    expect(answer.contact.phone).toBe("+1 ••• 99 99");
    expect(JSON.stringify(answer)).not.toContain("5559999");
  });
});

describe("what belongs to another workspace is not there", () => {
  test("a person, a flow, a message", async () => {
    const other = await testActor(rig.database.db);
    const { flowId, event } = await publish({ all: [] });
    const { userId, contactId } = await person();
    await happens(userId, event);
    const [sent] = await rig.database.db.select().from(message).where(eq(message.contactId, contactId));
    const foreign = newId();
    const { workspaceId } = other.session;
    await rig.database.db.insert(contact).values({ id: foreign, workspaceId, shard: 0 });
    await expect(explainContact(other, { contactId })).rejects.toMatchObject({ code: "not-found" });
    await expect(explainContact(other, { contactId: foreign, flowId })).rejects.toMatchObject({ code: "not-found" });
    await expect(explainContact(other, { contactId: foreign, messageId: sent?.id })).rejects.toMatchObject({
      code: "not-found",
    });
    expect((await explainContact(other, { contactId: foreign })).flows).toEqual([]);
  });
});
