import { and, eq, sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { noFence } from "../lease.ts";
import { TestHost } from "../test-host.ts";
import { TurnGiver } from "./turn-giver.ts";

const { enrollment, flow, trace, turn } = tables;
const minute = 60_000;

let database: TestDatabase;
let rig: TestHost;
let flowId: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  rig = await TestHost.open(database);
  flowId = await rig.world.publish("go", steps(10), paths, { exitOn: [{ event: "paid" }] });
});

const log = pino({ level: "silent" });
const giver = () => new TurnGiver({ pool: database.pool, clock: rig.clock, log, fence: noFence });
const steps = (people: number) => [
  { id: "slow", type: "throttle", data: { people, per: "minute", timeout: { amount: 1, unit: "days" } } },
  { id: "rest", type: "wait", data: { mode: "duration", duration: { amount: 9, unit: "days" } } },
  { id: "late", type: "exit", data: { reason: "late" } },
];
const paths: [string, string, string][] = [
  ["start", "next", "slow"],
  ["slow", "next", "rest"],
  ["slow", "timeout", "late"],
];

const settle = (by = [giver()]): Promise<void> =>
  rig.settle(async () => {
    const given = await Promise.all(by.map((each) => each.give()));
    return given.reduce((sum, { told }) => sum + told, 0);
  });
async function enter(count: number): Promise<string[]> {
  const people = await rig.enter("go", count);
  await settle();
  return people;
}
const later = (minutes: number) => rig.later(minutes * minute);
const at = (nodeId: string) =>
  database.db.$count(enrollment, and(eq(enrollment.flowId, flowId), eq(enrollment.nodeId, nodeId)));
const inLine = () => database.db.$count(turn, eq(turn.flowId, flowId));

describe("a throttle", () => {
  test("lets so many on at once, and the others in the order in which they came", async () => {
    const people = await enter(25);
    expect([await at("rest"), await at("slow")]).toEqual([10, 15]);
    const passed = await database.db
      .select({ contactId: enrollment.contactId })
      .from(enrollment)
      .where(and(eq(enrollment.flowId, flowId), eq(enrollment.nodeId, "rest")));
    const first = await database.db.execute<{ contact_id: string }>(
      sql`select contact_id from turn where flow_id = ${flowId} order by id`,
    );
    expect(new Set([...passed.map(({ contactId }) => contactId), ...first.rows.map((row) => row.contact_id)])).toEqual(
      new Set(people),
    );
    const wanted = first.rows.slice(0, 10).map((row) => row.contact_id);
    later(1.1);
    await settle();
    const next = await database.db.execute<{ contact_id: string }>(sql`
      select contact_id from trace where flow_id = ${flowId} and handle = 'next' and node_id = 'slow' and at = ${rig.now.toISOString()}`);
    expect(new Set(next.rows.map((row) => row.contact_id))).toEqual(new Set(wanted));
    expect([await at("rest"), await inLine()]).toEqual([20, 5]);
  });

  test("never lets more on in any minute, however people come and whatever stands still", async () => {
    for (let step = 0; step < 40; step += 1) {
      await enter((step * 7) % 13);
      later(0.1 + ((step * 3) % 5) / 10);
      if (step === 20) later(30);
    }
    for (let step = 0; (await inLine()) > 0; step += 1) {
      expect(step).toBeLessThan(100);
      later(0.3);
      await settle();
    }
    const { rows } = await database.db.execute<{ most: number; n: number }>(sql`
      select max(within)::int as most, count(*)::int as n from (
        select count(*) over (order by at range between interval '59999 milliseconds' preceding and current row) as within
        from trace where flow_id = ${flowId} and node_id = 'slow' and handle = 'next') x`);
    expect(rows[0]?.most).toBe(10);
    expect(rows[0]?.n).toBeGreaterThan(200);
  });

  test("is one for all workers, also for those that begin anew", async () => {
    const people = await rig.world.addContacts(60);
    for (const person of people) await rig.world.sendEvent(person, "go");
    await settle([giver(), giver(), giver()]);
    expect(await at("rest")).toBe(10);
    await settle([giver(), giver()]);
    expect(await at("rest")).toBe(10);
  });

  test("takes nobody's turn for who has left meanwhile", async () => {
    const people = await enter(30);
    for (const person of people) if ((await lineOf(person)) !== null) await rig.world.sendEvent(person, "paid");
    await settle();
    const more = await enter(4);
    later(1.1);
    await settle();
    expect([await at("slow"), await inLine()]).toEqual([0, 0]);
    for (const person of more) expect(await stepOf(person)).toBe("rest");
  });

  test("stands still while its flow is held, and does not make up for it", async () => {
    await enter(40);
    await database.db.update(flow).set({ status: "held" }).where(eq(flow.id, flowId));
    later(10);
    await settle();
    expect(await at("rest")).toBe(10);
    await database.db.update(flow).set({ status: "active" }).where(eq(flow.id, flowId));
    await settle();
    expect(await at("rest")).toBe(20);
  });

  test("goes by the pace of the running version, also for those who stand there", async () => {
    await enter(40);
    await rig.world.publishNext(flowId, 2, "go", { steps: steps(25), paths });
    later(1.1);
    await settle();
    expect(await at("rest")).toBe(35);
  });

  test("is told by who waits there when the running version has no such step", async () => {
    await enter(15);
    await rig.world.publishNext(flowId, 2, "go", { steps: [], paths: [] });
    later(1.1);
    await settle();
    expect(await at("rest")).toBe(15);
  });

  test("keeps nobody longer than it is told", async () => {
    await database.db.update(flow).set({ status: "active" }).where(eq(flow.id, flowId));
    const people = await enter(12);
    await database.pool.query("delete from turn where flow_id = $1", [flowId]);
    later(24 * 60 + 1);
    await settle();
    const ended = await database.db.$count(trace, and(eq(trace.flowId, flowId), eq(trace.handle, "timeout")));
    expect([people.length, ended]).toEqual([12, 2]);
  });

  test("leaves an archived flow's line empty", async () => {
    await enter(15);
    await database.db.update(flow).set({ status: "archived" }).where(eq(flow.id, flowId));
    await settle();
    later(1.1);
    await settle();
    expect(await inLine()).toBe(0);
  });
});

const stepOf = async (contactId: string) =>
  (await database.db.select().from(enrollment).where(eq(enrollment.contactId, contactId)))[0]?.nodeId;
const lineOf = async (contactId: string) =>
  (await database.db.select().from(turn).where(eq(turn.contactId, contactId)))[0] ?? null;
