import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Rule } from "#flow/rule.ts";
import { countPath } from "#flow/segment/segment-rule.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "../signals/signal-host.ts";
import { BroadcastOpener } from "./open-broadcasts.ts";
import { OpenedFlows } from "./opened-flows.ts";
import { broadcastLimits, runBroadcasts } from "./run-broadcasts.ts";
import { watchLimits, watchSegments } from "./watch-segments.ts";

const hour = 3_600_000;
const isVip: Rule = { path: "contact.tags", op: "contains", value: "vip" };

let database: TestDatabase;
let world: SampleWorld;
let now: Date;
let host: SignalHost;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query("delete from broadcast; delete from flow_version; delete from segment");
  now = new Date(Date.now() + 5_000);
  world = new SampleWorld(database);
  await world.build();
  host = new SignalHost({ pool: database.pool, clock: { now: () => now }, log: createLog("worker"), batchSize: 200 });
});

async function addSegment(rule: Rule): Promise<string> {
  const id = newId();
  const { workspaceId } = world;
  await database.db
    .insert(tables.segment)
    .values({ id, workspaceId, name: "Very important", rule, createdBy: newId(), updatedBy: newId() });
  return id;
}

/** A flow whose only step after its trigger waits for a day, so that who came in stays to be counted. */
async function publish(opens: string, trigger: { type: string; data: object }, publishedAt = now): Promise<string> {
  const flowId = await world.publish(
    opens,
    [{ id: "stay", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "days" } } }],
    [["start", "next", "stay"]],
  );
  await database.db
    .update(tables.flowVersion)
    .set({
      publishedAt,
      graph: sql`jsonb_set(${tables.flowVersion.graph}, '{nodes,0}', ${JSON.stringify({ id: "start", position: { x: 0, y: 0 }, ...trigger })}::jsonb)`,
    })
    .where(eq(tables.flowVersion.flowId, flowId));
  return flowId;
}

const apply = async () => {
  for (let works = 1; works > 0; ) ({ works } = await host.applyQueued());
};
const inside = async (flowId: string) =>
  (
    await database.db
      .select({ id: tables.enrollment.contactId })
      .from(tables.enrollment)
      .where(eq(tables.enrollment.flowId, flowId))
  )
    .map(({ id }) => id)
    .sort();
const setTags = (id: string | undefined, tags: string[]) =>
  database.db
    .update(tables.contact)
    .set({ tags, updatedAt: now })
    .where(eq(tables.contact.id, id ?? ""));

describe("people who come into a segment, or leave it", () => {
  const flows = () => new OpenedFlows();
  async function watch(limits = watchLimits): Promise<number> {
    let told = 0;
    const opened = flows();
    for (let hasMore = true; hasMore; ) {
      const looked = await watchSegments(database.pool, now, opened, limits);
      told += looked.told;
      hasMore = looked.hasMore;
    }
    await apply();
    return told;
  }
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };

  test("start the flow once each; who was in it before did not come", async () => {
    const [old, young, other] = await world.addContacts(3);
    await setTags(old, ["vip"]);
    const segment = await addSegment(isVip);
    const comes = await publish("segment.entered", { type: "trigger-segment", data: { segment, on: "entered" } });
    const goes = await publish("segment.left", { type: "trigger-segment", data: { segment, on: "left" } });
    expect(await watch()).toBe(0);
    later(10_000);
    await setTags(young, ["vip"]);
    await setTags(old, []);
    await setTags(other, ["new"]);
    later(5_000);
    expect(await watch()).toBe(2);
    expect(await watch()).toBe(0);
    expect(await inside(comes)).toEqual([young]);
    expect(await inside(goes)).toEqual([old]);
    const [event] = await database.db
      .select()
      .from(tables.event)
      .where(and(eq(tables.event.contactId, young ?? ""), eq(tables.event.name, "segment.entered")));
    expect(event?.properties).toEqual({ segmentId: segment, segment: "Very important" });
  });

  test("are found by the round where nothing of them changed, slice by slice", async () => {
    const people = await world.addContacts(7);
    const segment = await addSegment({ path: countPath("loan.repaid", 30), op: "gte", value: 1 });
    const comes = await publish("segment.entered", { type: "trigger-segment", data: { segment } });
    const slices = { ...watchLimits, peoplePerLook: 3 };
    await watch(slices);
    for (const contactId of people.slice(2, 6))
      await database.db.insert(tables.event).values({
        ...{ id: newId(), receivedAt: now, workspaceId: world.workspaceId, shard: 0, contactId, messageId: newId() },
        ...{ type: "track", name: "loan.repaid", properties: {}, occurredAt: now },
      });
    later(60_000);
    expect(await watch(slices)).toBe(0);
    later(watchLimits.roundEveryMs);
    expect(await watch(slices)).toBe(4);
    expect(await inside(comes)).toEqual(people.slice(2, 6).sort());
  });

  test("are not those whom another rule now takes in", async () => {
    const [first] = await world.addContacts(2);
    const segment = await addSegment(isVip);
    const comes = await publish("segment.entered", { type: "trigger-segment", data: { segment } });
    await watch();
    await database.db.update(tables.segment).set({ rule: { all: [] }, revision: 2 });
    later(10_000);
    expect(await watch()).toBe(0);
    await setTags(first, ["vip"]);
    later(10_000);
    expect(await watch()).toBe(0);
    expect(await inside(comes)).toEqual([]);
  });

  test("two workers tell of each person once", async () => {
    const people = await world.addContacts(40);
    const segment = await addSegment(isVip);
    const comes = await publish("segment.entered", { type: "trigger-segment", data: { segment } });
    await watch();
    later(10_000);
    for (const id of people) await setTags(id, ["vip"]);
    later(10_000);
    const slices = { ...watchLimits, peoplePerLook: 7 };
    await Promise.all([watch(slices), watch(slices), watch(slices)]);
    await watch(slices);
    const told = await database.db.$count(
      tables.event,
      and(eq(tables.event.workspaceId, world.workspaceId), eq(tables.event.name, "segment.entered")),
    );
    expect(told).toBe(40);
    expect(await inside(comes)).toHaveLength(40);
  });
});

describe("a time that comes due for a segment", () => {
  const schedule = (segment: string, data: object) => ({ type: "trigger-schedule", data: { segment, ...data } });
  const open = () => new BroadcastOpener(database.pool, new OpenedFlows()).open(now);
  async function run(limits = broadcastLimits): Promise<number> {
    let entered = 0;
    for (let hasMore = true; hasMore; ) {
      const slice = await runBroadcasts(database.pool, now, limits);
      await apply();
      entered += slice.entered;
      hasMore = slice.hasMore;
    }
    return entered;
  }
  const broadcasts = () => database.db.select().from(tables.broadcast).orderBy(tables.broadcast.occurrence);

  test("lets everybody in it into the flow, once, whoever looks how often", async () => {
    const people = await world.addContacts(30, { tags: ["vip"] });
    await world.addContacts(5);
    const segment = await addSegment(isVip);
    const flowId = await publish("schedule.due", schedule(segment, { schedule: { mode: "now" } }));
    const twin = await publish("schedule.due", schedule(segment, { schedule: { mode: "daily", time: "00:00" } }));
    await Promise.all([open(), open(), open()]);
    expect(await broadcasts()).toMatchObject([{ flowId, occurrence: "now", people: 30, entered: 0, state: "running" }]);
    const small = { ...broadcastLimits, peopleAtOnce: 7 };
    await Promise.all([run(small), run(small)]);
    await run(small);
    expect(await broadcasts()).toMatchObject([{ entered: 30, state: "done" }]);
    expect(await inside(flowId)).toEqual([...people].sort());
    expect(await inside(twin)).toEqual([]);
    expect(await open()).toBe(0);
  });

  test("keeps its pace, and goes on where it was after a stop of the flow or of the worker", async () => {
    await world.addContacts(10, { tags: ["vip"] });
    const segment = await addSegment(isVip);
    const flowId = await publish("schedule.due", schedule(segment, { schedule: { mode: "now" }, perMinute: 48 }));
    await open();
    expect(await run()).toBe(4);
    expect(await run()).toBe(0);
    now = new Date(now.getTime() + 5_000);
    await database.db.update(tables.flow).set({ status: "paused" }).where(eq(tables.flow.id, flowId));
    expect(await run()).toBe(0);
    await database.db.update(tables.flow).set({ status: "active" }).where(eq(tables.flow.id, flowId));
    expect(await run()).toBe(4);
    now = new Date(now.getTime() + 5_000);
    expect(await run()).toBe(2);
    expect(await inside(flowId)).toHaveLength(10);
  });

  test("waits while many signals wait before it", async () => {
    const [first = ""] = await world.addContacts(3, { tags: ["vip"] });
    const segment = await addSegment(isVip);
    await publish("schedule.due", schedule(segment, { schedule: { mode: "now" } }));
    await open();
    for (let waiting = 0; waiting < 3; waiting += 1) await world.sendEvent(first, "something");
    expect(await runBroadcasts(database.pool, now, { ...broadcastLimits, backlog: 3 })).toEqual({
      entered: 0,
      hasMore: false,
    });
    await apply();
    expect(await run()).toBe(3);
  });

  test("by each person's own clock, each when it is that time where they are", async () => {
    const at = (text: string) => Date.parse(`2027-01-10T${text}Z`);
    now = new Date(at("09:30:00"));
    const [dakar] = await world.addContacts(1, { tags: ["vip"], timezone: "Africa/Dakar" });
    const [lima] = await world.addContacts(1, { tags: ["vip"], timezone: "America/Lima" });
    const segment = await addSegment(isVip);
    const data = { schedule: { mode: "once", day: "2027-01-10", time: "09:00" }, clock: "person" };
    const flowId = await publish("schedule.due", schedule(segment, data), new Date(at("08:00:00")));
    expect(await open()).toBe(1);
    await run();
    expect(await inside(flowId)).toEqual([dakar]);
    now = new Date(at("14:00:00"));
    expect(await open()).toBe(1);
    await run();
    expect(await inside(flowId)).toEqual([dakar, lima].sort());
  });

  test("is missed when nobody was there for half a day, and an archived flow's broadcast stops", async () => {
    await world.addContacts(3, { tags: ["vip"] });
    const segment = await addSegment(isVip);
    const missed = await publish(
      "schedule.due",
      schedule(segment, { schedule: { mode: "daily", time: "00:00" } }),
      new Date(now.getTime() - 72 * hour),
    );
    now = new Date(`${now.toISOString().slice(0, 10)}T13:00:00Z`);
    await open();
    expect(await broadcasts()).toMatchObject([{ flowId: missed, state: "missed" }]);
    expect(await run()).toBe(0);
    await database.db.delete(tables.broadcast);
    const archived = await publish("schedule.due", schedule(segment, { schedule: { mode: "now" } }));
    await open();
    await database.db.update(tables.flow).set({ status: "archived" }).where(eq(tables.flow.id, archived));
    expect(await run()).toBe(0);
    expect(
      await database.db.select().from(tables.broadcast).where(eq(tables.broadcast.flowId, archived)),
    ).toMatchObject([{ state: "stopped" }]);
  });
});
