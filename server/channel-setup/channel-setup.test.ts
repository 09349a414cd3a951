import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { TestRig } from "#server/engine/test-rig.ts";
import { readEnv } from "#server/env.ts";
import { appRouter } from "#server/router.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { sampleSecret } from "../engine/sample-world.ts";

const patience = { timeout: 15_000, interval: 20 };
const identity = sandboxIdentity(sampleSecret);
const typed = {
  name: "Alerts",
  at: "sandbox",
  phoneNumberId: identity.phoneNumberId,
  accountId: identity.accountId,
  token: identity.token,
  appSecret: identity.appSecret,
} as const;

let rig: TestRig;
let owner: Actor;
beforeAll(async () => {
  rig = await TestRig.open();
  owner = await asActor(await testActor(rig.database.db));
});
afterAll(() => rig.close());

/** On this rig's sandbox and door, as an installation with the demo has them. */
async function asActor(actor: Actor): Promise<Actor> {
  const env = readEnv({
    DATABASE_URL: rig.database.url,
    CHASQUI_SECRET: sampleSecret,
    CHASQUI_DEMO: "1",
    SANDBOX_PORT: new URL(rig.sandbox.url).port,
    CHASQUI_PUBLIC_URL: `http://127.0.0.1:${rig.door.port}`,
  });
  return { ...actor, env, clock: { now: () => new Date() } };
}

const setup = (actor: Actor) => appRouter.createCaller(actor).channelSetup;
const stateOf = (checks: { name: string; state: string }[], name: string) =>
  checks.find((check) => check.name === name)?.state;

describe("connecting a number", () => {
  test.each([
    ["a token that WhatsApp does not know", { token: "x".repeat(40) }, "token"],
    ["a number that is not there", { phoneNumberId: "100000000000001" }, "number"],
    ["another account", { accountId: "200000000000001" }, "account"],
  ])("%s is refused with what is wrong, and nothing is kept", async (_, change, wrong) => {
    const stranger = await asActor(await testActor(rig.database.db));
    const refusal = await setup(stranger)
      .connect({ ...typed, ...change })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
    const { checks } = (refusal as { cause: { detail: { checks: { name: string; state: string }[] } } }).cause.detail;
    expect(stateOf(checks, wrong)).toBe("failed");
    expect(await setup(stranger).list()).toEqual([]);
  });

  test("one that fits is kept, sealed, with an address of its own, and once only", async () => {
    const { channelId } = await setup(owner).connect(typed);
    const [row] = await rig.database.db.select().from(tables.channel).where(eq(tables.channel.id, channelId));
    expect(row).toMatchObject({ phone: identity.displayPhone, status: "connected", name: "Alerts" });
    expect(JSON.stringify(row)).not.toContain(identity.token);
    expect(JSON.stringify(row)).not.toContain(identity.appSecret);
    await expect(setup(owner).connect(typed)).rejects.toMatchObject({ code: "CONFLICT" });
    const maker = await asActor(await joinWorkspace(rig.database.db, owner.session.workspaceId, { role: "maker" }));
    expect(await setup(maker).list()).toMatchObject([{ id: channelId, hook: null, isSending: true }]);
    const [mine] = await setup(owner).list();
    expect(mine?.hook?.url).toContain(`/hooks/meta/${channelId}/`);
    await expect(setup(maker).connect(typed)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("the sandbox is offered only where there is one", async () => {
    const real = { ...owner, env: { ...owner.env, isDemo: false } };
    await expect(setup(real).connect(typed)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  });
});

const own = async () => {
  const [channel] = await setup(owner).list();
  if (!channel) throw new Error("Nothing is connected.");
  return channel;
};

test("the live checks ask WhatsApp and call our own address as WhatsApp does", async () => {
  const { id } = await own();
  const { checks, lastCallAt } = await setup(owner).check({ channelId: id });
  for (const name of ["token", "number", "account", "templates", "handshake", "signature"])
    expect([name, stateOf(checks, name)]).toEqual([name, "ok"]);
  expect(lastCallAt).toBeNull();
  const away = { ...owner, env: { ...owner.env, publicUrl: "http://127.0.0.1:1" } };
  const unreachable = await setup(away).check({ channelId: id });
  expect(stateOf(unreachable.checks, "handshake")).toBe("failed");
  expect(stateOf(unreachable.checks, "signature")).toBe("unknown");
});

test("a token that WhatsApp does not accept does not take the place of one that works", async () => {
  const { id } = await own();
  const [before] = await rig.database.db.select().from(tables.channel).where(eq(tables.channel.id, id));
  await expect(setup(owner).replaceToken({ channelId: id, token: "y".repeat(40) })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
  const [after] = await rig.database.db.select().from(tables.channel).where(eq(tables.channel.id, id));
  expect(after).toEqual(before);
});

test("paused by hand it stays paused, also with a new token; each act is in the audit log once", async () => {
  const { id } = await own();
  await setup(owner).pause({ channelId: id });
  await setup(owner).pause({ channelId: id });
  await setup(owner).replaceToken({ channelId: id, token: identity.token });
  expect(await own()).toMatchObject({ status: "paused", statusReason: "paused-by-hand", isSending: false });
  await setup(owner).resume({ channelId: id });
  await setup(owner).rename({ channelId: id, name: "Fraud line" });
  await setup(owner).setMarketingEndpoint({ channelId: id, endpoint: "fallback" });
  await setup(owner).setMarketingEndpoint({ channelId: id, endpoint: "fallback" });
  expect(await own()).toMatchObject({
    status: "connected",
    statusReason: null,
    name: "Fraud line",
    marketingEndpoint: "fallback",
  });
  const rows = await rig.database.db.select().from(tables.audit).where(eq(tables.audit.subjectId, id));
  const acts = rows.map((row) => row.action).filter((action) => action !== "replace-channel-token");
  expect(acts).toEqual([
    "connect-channel",
    "pause-channel",
    "resume-channel",
    "rename-channel",
    "set-marketing-endpoint",
  ]);
});

test("what waited for a number leaves as soon as it goes on; what waits for something else waits on", async () => {
  const inside = await asActor({ ...owner, session: { ...owner.session, workspaceId: rig.world.workspaceId } });
  const people = await rig.world.addContacts(2);
  await rig.database.db.update(tables.template).set({ samples: { first_name: "Ana" } });
  const [template] = await setup(inside).testTemplates();
  const later = new Date(Date.now() + 40_000);
  const queued: string[] = [];
  for (const [index, contactId] of people.entries()) {
    await setup(inside).allowTestNumber({ contactId });
    const { messageId } = await setup(inside).sendTest({ contactId, templateId: template?.id ?? "" });
    const reason = index === 0 ? "channel-paused" : "quiet-hours";
    await rig.database.db.update(tables.message).set({ reason }).where(eq(tables.message.id, messageId));
    await rig.database.db.update(tables.outbox).set({ notBefore: later }).where(eq(tables.outbox.messageId, messageId));
    queued.push(messageId);
  }
  const [number] = await setup(inside).list();
  await setup(inside).pause({ channelId: number?.id ?? "" });
  await setup(inside).resume({ channelId: number?.id ?? "" });
  const rows = await rig.database.db.select().from(tables.outbox);
  const isDue = (id: string | undefined) => {
    const row = rows.find(({ messageId }) => messageId === id);
    return row ? row.notBefore.getTime() < later.getTime() : null;
  };
  expect(queued.map(isDue)).toEqual([true, false]);
  await rig.database.db.delete(tables.outbox);
});

test("another workspace's number does not exist", async () => {
  const { id } = await own();
  const stranger = await asActor(await testActor(rig.database.db));
  for (const act of ["check", "pause", "resume", "subscribe"] as const)
    await expect(setup(stranger)[act]({ channelId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(setup(stranger).setMarketingEndpoint({ channelId: id, endpoint: null })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

describe("a test message", () => {
  test("goes the way of all messages and is seen to be delivered", async () => {
    await rig.subscribe();
    const inside = { ...owner, session: { ...owner.session, workspaceId: rig.world.workspaceId } };
    const [person = ""] = await rig.world.addContacts(1);
    await rig.database.db.update(tables.template).set({ samples: { first_name: "Ana" } });
    const [template] = await setup(inside).testTemplates();
    rig.startWorker();
    const wish = { contactId: person, templateId: template?.id ?? "" };
    await expect(setup(inside).sendTest(wish)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
    await setup(inside).allowTestNumber({ contactId: person });
    expect((await setup(inside).testNumbers()).map(({ contactId }) => contactId)).toContain(person);
    const { messageId } = await setup(inside).sendTest({ ...wish, values: { first_name: "Awa" } });
    await vi.waitFor(async () => {
      expect(await setup(inside).testMessage({ messageId })).toMatchObject({ status: "read" });
    }, patience);
    expect(rig.accepted.map(({ ref }) => ref)).toContain(messageId);
    const { checks } = await setup(inside).testMessage({ messageId });
    expect(checks?.map(({ check }) => check)).toContain("consent");
    const [sent] = await rig.database.db.select().from(tables.message).where(eq(tables.message.id, messageId));
    expect(sent?.content?.body).toContain("Awa");
    await expect(setup(owner).testMessage({ messageId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("to nobody of one's own, or with a template that is not approved, is refused", async () => {
    const [person = ""] = await rig.world.addContacts(1);
    await expect(setup(owner).sendTest({ contactId: person, templateId: person })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const inside = { ...owner, session: { ...owner.session, workspaceId: rig.world.workspaceId } };
    await setup(inside).allowTestNumber({ contactId: person });
    await expect(setup(inside).sendTest({ contactId: person, templateId: person })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    await setup(inside).forbidTestNumber({ contactId: person });
    expect((await setup(inside).testNumbers()).map(({ contactId }) => contactId)).not.toContain(person);
  });
});

test("WhatsApp brings its calls to our address once it was asked to", async () => {
  const { id } = await own();
  const headers = { authorization: `Bearer ${identity.token}`, "content-type": "application/json" };
  const graph = (method: string, path: string, body?: object) =>
    fetch(`${rig.sandbox.url}/v25.0/${path}`, { method, headers, body: JSON.stringify(body) });
  const subscription = async () => stateOf((await setup(owner).check({ channelId: id })).checks, "subscription");
  await graph("DELETE", `${identity.accountId}/subscribed_apps`);
  expect(await subscription()).toBe("warning");
  await setup(owner).subscribe({ channelId: id });
  expect(await subscription()).toBe("ok");

  const template = { name: "hello_world", language: { code: "en_US" } };
  const sent = { messaging_product: "whatsapp", to: "+33612345678", type: "template", template };
  const answer = await graph("POST", `${identity.phoneNumberId}/messages`, sent);
  const { messages } = (await answer.json()) as { messages: { id: string }[] };
  await vi.waitFor(async () => {
    const calls = await rig.database.db.select().from(tables.rawWebhook).where(eq(tables.rawWebhook.channelId, id));
    const told = calls.map(({ body }) => body.toString("utf8"));
    expect(told.some((text) => text.includes(messages[0]?.id ?? "-") && text.includes('"statuses"'))).toBe(true);
  }, patience);
});
