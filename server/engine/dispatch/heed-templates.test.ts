import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { capDay } from "#flow/gate/frequency-cap.ts";
import type { TemplateStatus } from "#flow/template.ts";
import { TestRig } from "../test-rig.ts";
import { heedTemplates } from "./heed-templates.ts";
import { DispatchScene, hello } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

async function providerSays(status: TemplateStatus): Promise<void> {
  await rig.database.db.update(tables.templateLanguage).set({ status });
  await rig.database.db.update(tables.template).set({ movedAt: new Date() });
}

/** Looks until there is nothing left to do, as the worker's loop does. */
async function heed(now = new Date()) {
  const sum = { held: 0, dropped: 0, released: 0 };
  for (;;) {
    const { held, dropped, released } = await heedTemplates(rig.database.pool, now);
    if (held + dropped + released === 0) return sum;
    sum.held += held;
    sum.dropped += dropped;
    sum.released += released;
  }
}

/** People with a queued message each, of a flow that holds for so many hours, or not at all. */
async function queueFor(people: number, event: string, templateHoldHours: number | null = null): Promise<string[]> {
  await scene.sends(event, { templateHoldHours });
  const ids = await rig.world.addContacts(people);
  for (const id of ids) await scene.queue(id, event);
  return ids;
}

const statuses = async () => (await scene.outbox()).map(({ status }) => status);
const reasons = async () => (await scene.messages()).map(({ status, reason }) => `${status} ${reason}`);
const templateCheck = async () => {
  const [message] = await scene.messages();
  return message?.checks?.filter(({ check }) => check === "template");
};

describe("a template that the provider stops", () => {
  test.each<[TemplateStatus, string]>([
    ["paused", "template-paused"],
    ["disabled", "template-paused"],
    ["rejected", "template-not-approved"],
  ])(
    "(%s) has who waits for it leave by blocked at once, also what would only leave tomorrow",
    async (status, reason) => {
      await queueFor(2, "alert");
      await rig.database.db.update(tables.outbox).set({ notBefore: hours(20) });
      await providerSays(status);
      expect(await heed()).toEqual({ held: 0, dropped: 2, released: 0 });
      expect(await scene.outbox()).toEqual([]);
      expect(await reasons()).toEqual([`skipped ${reason}`, `skipped ${reason}`]);
      expect(await templateCheck()).toMatchObject([{ verdict: "block", needed: "approved" }]);
    },
  );

  test("tells the people's enrollments, so that they go on by blocked", async () => {
    const steps = [
      hello,
      { id: "other", type: "wait", data: { mode: "duration", duration: { amount: 3, unit: "days" } } },
    ];
    await rig.world.publish("told", steps, [
      ["start", "next", "hi"],
      ["hi", "blocked", "other"],
    ]);
    const [person = ""] = await rig.world.addContacts(1);
    await scene.queue(person, "told");
    await providerSays("paused");
    await heed();
    await scene.applyQueued();
    const [enrollment] = await rig.database.db.select().from(tables.enrollment);
    expect(enrollment).toMatchObject({ status: "waiting", nodeId: "other" });
  });

  test("holds them where the flow wants it, whoever comes later too, and lets all go when it may be sent again", async () => {
    const people = await queueFor(2, "patient", 24);
    await providerSays("paused");
    expect(await heed()).toEqual({ held: 2, dropped: 0, released: 0 });
    expect(await reasons()).toEqual(["queued template-held", "queued template-held"]);
    expect(await templateCheck()).toMatchObject([{ verdict: "defer", seen: "paused" }]);

    await scene.queue(people[0] ?? "", "patient");
    expect(await scene.claim()).toEqual([]);
    expect(await statuses()).toEqual(["held", "held", "held"]);

    await providerSays("approved");
    expect(await heed()).toEqual({ held: 0, dropped: 0, released: 3 });
    expect(await scene.outbox()).toMatchObject([{ heldUntil: null }, { heldUntil: null }, { heldUntil: null }]);
    expect((await scene.claim()).length).toBeGreaterThanOrEqual(2);
  });

  test("holds for no longer than the flow wants: then the people leave by blocked", async () => {
    await queueFor(1, "patient", 2);
    await providerSays("paused");
    await heed();
    expect(await heed(hours(1))).toEqual({ held: 0, dropped: 0, released: 0 });
    await rig.database.db.update(tables.outbox).set({ heldUntil: new Date(Date.now() - 1) });
    expect(await heed()).toEqual({ held: 0, dropped: 0, released: 1 });
    expect(await scene.claim()).toEqual([]);
    expect(await reasons()).toEqual(["skipped template-paused"]);
  });

  test("touches no message of another template, of a held flow, or of another workspace's template of that name", async () => {
    await queueFor(1, "held");
    await rig.database.db.update(tables.flow).set({ status: "held" });
    await rig.world.addTemplate("other", "Other {{first_name}}");
    const other = { ...hello, data: { ...hello.data, template: "other" } };
    await rig.world.publish("another", [other], [["start", "next", "hi"]], {});
    const [person = ""] = await rig.world.addContacts(1);
    await scene.queue(person, "another");
    await rig.database.db.update(tables.template).set({ movedAt: new Date() }).where(eq(tables.template.name, "hello"));
    await rig.database.db.update(tables.templateLanguage).set({ status: "paused" });
    expect(await heed()).toEqual({ held: 0, dropped: 0, released: 0 });
    expect(await statuses()).toEqual(["queued", "queued"]);
  });

  test("stops nobody while another language of it may be sent", async () => {
    await queueFor(1, "alert");
    const [row] = await rig.database.db.select().from(tables.templateLanguage);
    if (row) await rig.database.db.insert(tables.templateLanguage).values({ ...row, language: "fr" });
    await rig.database.db
      .update(tables.templateLanguage)
      .set({ status: "paused" })
      .where(eq(tables.templateLanguage.language, "en"));
    await rig.database.db.update(tables.template).set({ movedAt: new Date() });
    expect(await heed()).toEqual({ held: 0, dropped: 0, released: 0 });
    expect(await scene.claim()).toMatchObject([{ prepared: { language: "fr" } }]);
  });

  test("is looked at once: what was done is done", async () => {
    await queueFor(1, "alert");
    await providerSays("paused");
    await heed();
    const [row] = await rig.database.db.select().from(tables.template);
    expect(row?.movedAt).toBeNull();
  });
});

describe("a template that the provider moves to marketing has what has not left judged as marketing", () => {
  const asMarketing = () => rig.database.db.update(tables.template).set({ category: "marketing", movedAt: new Date() });
  const granted = { state: "granted" as const, at: new Date().toISOString(), source: "test" };

  async function queueAlert(facts: Parameters<typeof rig.world.addContacts>[1] = {}): Promise<string> {
    await scene.sends("alert", { purpose: "transaction" });
    const [person = ""] = await rig.world.addContacts(1, facts);
    await scene.queue(person, "alert");
    return person;
  }

  test("without that consent it does not leave", async () => {
    await queueAlert({ consents: { service: granted } });
    await asMarketing();
    await heed();
    expect(await scene.claim()).toEqual([]);
    expect(await reasons()).toEqual(["skipped no-consent"]);
  });

  test("it needs a place under the cap, from which its flow's class was exempt", async () => {
    const person = await queueAlert();
    const day = capDay(Date.now(), "UTC");
    await rig.database.db
      .insert(tables.capCounter)
      .values({ workspaceId: rig.world.workspaceId, contactId: person, day, used: 3 });
    await asMarketing();
    await heed();
    expect(await scene.claim()).toEqual([]);
    expect(await reasons()).toEqual(["skipped frequency-cap"]);
  });

  test("it leaves, counts for the cap and is charged as marketing", async () => {
    await queueAlert();
    await asMarketing();
    await heed();
    const [claimed] = await scene.claim();
    expect(claimed).toMatchObject({
      capDay: capDay(Date.now(), "UTC"),
      prepared: { outgoing: { category: "marketing" } },
    });
  });
});
