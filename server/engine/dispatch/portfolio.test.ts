import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { inTransaction } from "../query.ts";
import { sampleSecret } from "../sample-world.ts";
import { TestRig } from "../test-rig.ts";
import { ChannelBook } from "./channel-book.ts";
import { learnLimits } from "./learn-limits.ts";
import { admitPeople, sweepPortfolios } from "./portfolio.ts";
import { DispatchScene, patience } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const limitTo = async (peoplePerDay: number | null) => {
  const { workspaceId } = rig.world;
  await rig.database.db.insert(tables.portfolio).values({ workspaceId, id: "p", peoplePerDay });
  await rig.database.db.update(tables.channel).set({ portfolioId: "p" });
};
const portfolio = async () => (await rig.database.db.select().from(tables.portfolio))[0];
const requests = (people: readonly string[]) =>
  people.map((contactId) => ({
    messageId: contactId,
    workspaceId: rig.world.workspaceId,
    portfolioId: "p",
    contactId,
  }));
const admit = (people: readonly string[]) =>
  inTransaction(rig.database.pool, (client) => admitPeople(client, requests(people)));

test("16 connections at once never count more people than the portfolio allows, and nobody twice", async () => {
  await limitTo(50);
  const { pool } = connect(rig.database.url, { name: "race", max: 16, onError: () => undefined });
  const people = Array.from({ length: 120 }, newId);
  const admitted = await Promise.all(
    Array.from({ length: 64 }, async (_, turn) => {
      const some = Array.from({ length: 10 }, (_, index) => people[(turn * 7 + index) % people.length] ?? "");
      const refused = await inTransaction(pool, (client) => admitPeople(client, requests(some)));
      return some.filter((contactId) => !refused.has(contactId));
    }),
  );
  await pool.end();
  expect(new Set(admitted.flat()).size).toBe(50);
  expect((await portfolio())?.used).toBe(50);
  expect(await rig.database.db.$count(tables.portfolioPerson)).toBe(50);
});

describe("a place in the portfolio", () => {
  test("costs a person nothing more on the same day, and becomes free 24 hours after their last message", async () => {
    await limitTo(2);
    const [first = "", second = "", third = ""] = Array.from({ length: 3 }, newId);
    expect((await admit([first, second])).size).toBe(0);
    expect([...(await admit([first, third])).keys()]).toEqual([third]);
    await rig.database.pool.query(
      "update portfolio_person set last_at = now() - interval '24 hours' where contact_id = $1",
      [second],
    );
    expect((await admit([third])).size).toBe(0);
    expect((await portfolio())?.used).toBe(2);
  });

  test("is given back by the sweep although nobody sends any more", async () => {
    await limitTo(2);
    await admit([newId(), newId()]);
    await rig.database.pool.query("update portfolio_person set last_at = now() - interval '25 hours'");
    await sweepPortfolios(rig.database.pool);
    expect((await portfolio())?.used).toBe(0);
  });

  test("tells a refused person when the oldest one will be free", async () => {
    await limitTo(1);
    await admit([newId()]);
    await rig.database.pool.query("update portfolio_person set last_at = now() - interval '23 hours'");
    const [refusal] = [...(await admit([newId()])).values()];
    expect(refusal?.people).toBe(1);
    expect(refusal?.inMs).toBeGreaterThan(3_590_000);
    expect(refusal?.inMs).toBeLessThanOrEqual(3_600_000);
  });
});

test("where no limit is known, nobody is counted", async () => {
  await limitTo(null);
  await scene.sends("paid");
  const [person = ""] = await rig.world.addContacts(1);
  await scene.queue(person, "paid");
  expect(await scene.claim()).toHaveLength(1);
  expect(await rig.database.db.$count(tables.portfolioPerson)).toBe(0);
});

test("messages beyond the limit wait with a reason, answers within the window leave, and what would come too late is dropped", async () => {
  await limitTo(2);
  await rig.control("limits", { tier: 2 });
  await scene.sends("paid");
  const people = await rig.world.addContacts(4);
  const [talking = ""] = await rig.world.addContacts(1, { phone: "+14155559999", lastInboundAt: new Date() });
  await rig.control("inbound", { from: "14155559999", text: "Hello" });
  for (const person of [...people, talking]) await scene.queue(person, "paid");
  const waiting = await scene.outbox();
  await rig.database.pool.query("update outbox set expires_at = now() + interval '1 hour' where message_id = $1", [
    waiting[3]?.messageId,
  ]);
  rig.startWorker();
  await vi.waitFor(() => expect(rig.accepted).toHaveLength(3), patience);
  await vi.waitFor(async () => {
    expect((await scene.messages()).map(({ status, reason }) => [status, reason])).toEqual([
      ["sent", null],
      ["sent", null],
      ["queued", "portfolio-limit"],
      ["skipped", "portfolio-limit"],
      ["sent", null],
    ]);
  }, patience);
  const [left] = await scene.outbox();
  expect(left?.notBefore.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  const checks = (await scene.messages())[2]?.checks;
  expect(checks?.find(({ check }) => check === "budget")).toMatchObject({
    verdict: "defer",
    needed: "< 2 people a day",
  });
});

describe("limits are learnt from the number", () => {
  const channels = new ChannelBook(sampleSecret);
  const channel = async () => (await rig.database.db.select().from(tables.channel))[0];

  test("its rate and its portfolio, and what has changed since", async () => {
    await rig.database.db.update(tables.channel).set({ messagesPerSecond: 80 });
    await rig.control("limits", { tier: 250 });
    await learnLimits(rig.database.pool, channels);
    expect(await channel()).toMatchObject({ messagesPerSecond: 1000 });
    expect(await portfolio()).toMatchObject({ id: (await channel())?.portfolioId, peoplePerDay: 250 });
    await rig.control("limits", { tier: null, mps: 80 });
    await learnLimits(rig.database.pool, channels);
    expect(await channel()).toMatchObject({ messagesPerSecond: 80 });
    expect(await portfolio()).toMatchObject({ peoplePerDay: null });
  });

  test("but a rate that people have chosen stays", async () => {
    await rig.database.db.update(tables.channel).set({ messagesPerSecond: 33 });
    await learnLimits(rig.database.pool, channels);
    expect(await channel()).toMatchObject({ messagesPerSecond: 33 });
  });
});
