import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { FlowSettings } from "#flow/graph.ts";
import { deepestRun } from "#flow/run-event.ts";
import { LeaseLost } from "../lease.ts";
import { rebuildTallies } from "../rollup/rebuild-tallies.ts";
import { SampleWorld } from "../sample-world.ts";
import { TestHost } from "../test-host.ts";

const { enrollment, event, flow, outbox, trace } = tables;
const hour = 3_600_000;

let database: TestDatabase;
let rig: TestHost;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  rig = await TestHost.open(database);
});

/** A child that sends, waits an hour for "paid", and comes to its goal by it or leaves by an exit. */
const reminder = (settings: Partial<FlowSettings> = {}, opens = "reminder") =>
  rig.world.publish(
    opens,
    [
      { id: "hi", type: "send", data: { template: "hello", values: {} } },
      {
        id: "answer",
        type: "wait-until",
        data: { sources: [{ kind: "event", id: "paid", event: "paid" }], timeout: { amount: 1, unit: "hours" } },
      },
      { id: "won", type: "goal", data: { name: "Paid" } },
      { id: "lost", type: "exit", data: { reason: "No payment" } },
    ],
    [
      ["start", "next", "hi"],
      ["hi", "next", "answer"],
      ["answer", "paid", "won"],
      ["answer", "timeout", "lost"],
    ],
    settings,
  );

const ways = ["done", "exited", "timeout", "not-started", "next"];
const parent = (child: string, data: object = {}, handles = ways) =>
  rig.world.publish(
    "loan",
    [
      { id: "run", type: "run-flow", data: { flow: child, ...data } },
      ...handles.map((id) => ({ id, type: "exit", data: { reason: id } })),
    ],
    [["start", "next", "run"], ...handles.map((id): [string, string, string] => ["run", id, id])],
  );

async function enter(properties = {}): Promise<string> {
  const [person = ""] = await rig.enter("loan", 1, properties);
  return person;
}
const wayOf = async (flowId: string) =>
  (await database.db.select().from(enrollment).where(eq(enrollment.flowId, flowId)).orderBy(enrollment.id))[0];
/** The words of the exit by which the parent ended; its step while it waits. */
const cameBy = async (flowId: string) => {
  const way = await wayOf(flowId);
  return way?.state.endNote ?? way?.nodeId;
};
const later = (hours: number) => rig.later(hours * hour);

describe("a step that waits for another flow", () => {
  test("has the person enter it in the same moment, and goes on when it comes to its goal", async () => {
    const child = await reminder();
    const above = await parent(child);
    const person = await enter({ amount: 7 });
    const [below, waiting] = [await wayOf(child), await wayOf(above)];
    expect(waiting).toMatchObject({ status: "waiting", nodeId: "run" });
    expect(below).toMatchObject({ status: "waiting", nodeId: "answer", enteredAt: waiting?.enteredAt });
    expect(below?.state.startedBy).toEqual({ enrollmentId: waiting?.id, visit: 2, depth: 1 });
    expect(await database.db.$count(outbox, eq(outbox.enrollmentId, below?.id ?? ""))).toBe(1);
    await rig.world.sendEvent(person, "paid");
    await rig.settle();
    expect(await wayOf(child)).toMatchObject({ endReason: "goal" });
    expect(await cameBy(above)).toBe("done");
  });

  test("keeps the event by which it began, with what the step passes on", async () => {
    const child = await reminder();
    const above = await parent(child, { values: { owed: "event.amount", lender: "event.bank" } });
    await enter({ amount: 7 });
    const below = await wayOf(child);
    const [kept] = await database.db
      .select()
      .from(event)
      .where(eq(event.id, below?.eventId ?? ""));
    expect(kept).toMatchObject({
      name: "flow.run",
      type: "system",
      messageId: `${(await wayOf(above))?.id}:2`,
      properties: { amount: 7, owed: 7, lender: null, flowId: child },
    });
    expect(below?.state.event.properties).toEqual(kept?.properties);
  });

  test.each<[string, (child: string, person: string) => Promise<unknown>, string]>([
    ["when its time is up", async () => later(2), "exited"],
    [
      "when it is archived",
      (child) => database.db.update(flow).set({ status: "archived" }).where(eq(flow.id, child)),
      "exited",
    ],
    ["when it takes too long", async () => later(1), "exited"],
  ])("goes on by the way that says how it ended: %s", async (_, happen, way) => {
    const child = await reminder();
    const above = await parent(child);
    const person = await enter();
    await happen(child, person);
    await rig.settle();
    expect((await wayOf(child))?.status).toBe("ended");
    expect(await cameBy(above)).toBe(way);
  });

  test("waits no longer than it is told, and what the other flow does afterwards changes nothing", async () => {
    const child = await reminder();
    const above = await parent(child, { timeout: { amount: 30, unit: "minutes" } });
    await enter();
    later(0.6);
    await rig.settle();
    expect(await cameBy(above)).toBe("timeout");
    expect((await wayOf(child))?.status).toBe("waiting");
    const before = await wayOf(above);
    later(2);
    await rig.settle();
    expect((await wayOf(child))?.endReason).toBe("exit");
    expect(await wayOf(above)).toEqual(before);
  });

  test("hears of a flow that is over at once", async () => {
    const child = await rig.world.publish(
      "short",
      [{ id: "won", type: "goal", data: { name: "x" } }],
      [["start", "next", "won"]],
    );
    const above = await parent(child);
    await enter();
    expect(await cameBy(above)).toBe("done");
    const rows = await database.db.select().from(trace).where(eq(trace.flowId, above)).orderBy(trace.ordinal);
    expect(rows.map(({ kind, handle }) => [kind, handle])).toEqual([
      ["left", "next"],
      ["waiting", null],
      ["left", "done"],
      ["ended", null],
    ]);
  });

  test("is told after the release of its own flow, if that was held meanwhile", async () => {
    const child = await reminder();
    const above = await parent(child);
    const person = await enter();
    await database.db.update(flow).set({ status: "held" }).where(eq(flow.id, above));
    await rig.world.sendEvent(person, "paid");
    await rig.settle();
    expect((await wayOf(child))?.endReason).toBe("goal");
    expect(await cameBy(above)).toBe("run");
    await database.db.update(flow).set({ status: "active" }).where(eq(flow.id, above));
    await rig.settle();
    expect(await cameBy(above)).toBe("done");
  });
});

describe("a flow that cannot be entered", () => {
  const status = (value: "paused" | "held" | "archived" | "draft") => async (child: string) => {
    await database.db.update(flow).set({ status: value }).where(eq(flow.id, child));
  };
  test.each<[string, (child: string) => Promise<void>, string]>([
    ["is paused", status("paused"), "paused"],
    ["is held", status("held"), "held"],
    ["is archived", status("archived"), "not-published"],
    ["is a draft again", status("draft"), "not-published"],
  ])("because it %s: the person leaves by that way, with the reason on the path", async (_, make, reason) => {
    const child = await reminder();
    await make(child);
    const above = await parent(child);
    await enter();
    expect(await cameBy(above)).toBe("not-started");
    expect(await wayOf(child)).toBeUndefined();
    const [left] = await database.db
      .select()
      .from(trace)
      .where(and(eq(trace.flowId, above), eq(trace.handle, "not-started")));
    expect(left?.detail).toMatchObject({ reason });
  });

  test.each([
    ["at-end", "exited"],
    ["at-once", "next"],
  ])("and no way drawn for it: who goes on %s leaves by %s", async (goesOn, way) => {
    const child = await reminder();
    await status("paused")(child);
    const above = await parent(child, { goesOn }, [way]);
    await enter();
    expect(await cameBy(above)).toBe(way);
  });

  test("because its re-entry rule keeps it closed, also when a timer led to the step", async () => {
    const child = await reminder({ reEntry: { mode: "never" } });
    const above = await rig.world.publish(
      "loan",
      [
        { id: "rest", type: "wait", data: { mode: "duration", duration: { amount: 5, unit: "hours" } } },
        { id: "run", type: "run-flow", data: { flow: child, goesOn: "at-once" } },
        { id: "not-started", type: "exit", data: { reason: "not-started" } },
      ],
      [
        ["start", "next", "rest"],
        ["rest", "next", "run"],
        ["run", "not-started", "not-started"],
      ],
    );
    const person = await enter();
    await rig.world.sendEvent(person, "reminder");
    await rig.settle();
    later(6);
    await rig.settle();
    expect(await cameBy(above)).toBe("not-started");
    expect(await database.db.$count(enrollment, eq(enrollment.flowId, child))).toBe(1);
  });

  test("because the event lacks its key", async () => {
    const child = await reminder({ enrollmentKey: "event.loanId" });
    const above = await parent(child);
    await enter();
    expect(await cameBy(above)).toBe("not-started");
    await enter({ loanId: 4711 });
    expect(await wayOf(child)).toMatchObject({ key: "4711", status: "waiting" });
  });
});

test("of a batch that is not committed neither flow has anything, and the next worker does both, once", async () => {
  const child = await reminder();
  const above = await parent(child);
  const [person = ""] = await rig.world.addContacts(1);
  await rig.world.sendEvent(person, "loan");
  const fence = () => Promise.reject(new LeaseLost("Another worker has taken over."));
  const zombie = rig.hostWith({ fence });
  await expect(zombie.applyQueued()).rejects.toBeInstanceOf(LeaseLost);
  expect([await wayOf(child), await wayOf(above)]).toEqual([undefined, undefined]);
  await rig.settle();
  expect((await wayOf(child))?.state.startedBy?.enrollmentId).toBe((await wayOf(above))?.id);
  const opened = eq(event.workspaceId, rig.world.workspaceId);
  expect(await database.db.$count(event, and(opened, eq(event.name, "flow.run")))).toBe(1);
});

test("a step that goes on at once does, and the other flow goes on by itself", async () => {
  const child = await reminder();
  const above = await parent(child, { goesOn: "at-once" });
  await enter();
  expect(await cameBy(above)).toBe("next");
  expect(await wayOf(child)).toMatchObject({ status: "waiting", nodeId: "answer" });
});

test("the trigger and the entry criteria of the other flow are not asked, and its own events still start it", async () => {
  const child = await rig.world.publish(
    "other",
    [{ id: "stay", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "days" } } }],
    [["start", "next", "stay"]],
  );
  await parent(child, { goesOn: "at-once" });
  await enter();
  expect(await database.db.$count(enrollment, eq(enrollment.flowId, child))).toBe(1);
  const [somebody = ""] = await rig.world.addContacts(1);
  await rig.world.sendEvent(somebody, "other");
  // Whatever an outside system calls its event, it does not run flows.
  await rig.world.sendEvent(somebody, "flow.run", { flowId: child });
  await rig.settle();
  expect(await database.db.$count(enrollment, eq(enrollment.flowId, child))).toBe(2);
});

test("flows that run each other, which two publishes in one moment could bring about, come to an end", async () => {
  const first = await rig.world.publish("loan", [], []);
  const second = await rig.world.publish(
    "second",
    [{ id: "run", type: "run-flow", data: { flow: first, goesOn: "at-once" } }],
    [["start", "next", "run"]],
  );
  await rig.world.publishNext(first, 2, "loan", {
    steps: [{ id: "run", type: "run-flow", data: { flow: second, goesOn: "at-once" } }],
    paths: [["start", "next", "run"]],
    settings: { reEntry: { mode: "every-event" } },
  });
  await enter();
  const runs = await database.db.execute<{ depth: number; n: number }>(sql`
    select coalesce((state->'startedBy'->>'depth')::int, 0) as depth, count(*)::int as n from enrollment
    where workspace_id = ${rig.world.workspaceId} group by 1 order by 1`);
  expect(runs.rows.map(({ depth }) => depth)).toEqual(Array.from({ length: deepestRun + 1 }, (_, depth) => depth));
  expect(
    await database.db.$count(
      enrollment,
      and(eq(enrollment.workspaceId, rig.world.workspaceId), eq(enrollment.status, "waiting")),
    ),
  ).toBe(0);
});

test("a flow of another workspace is none, though its people come in the same batch", async () => {
  const other = new SampleWorld(database);
  await other.build();
  const theirs = await other.publish("theirs", [], []);
  const above = await parent(theirs);
  const [mine, strangers] = [await rig.world.addContacts(60), await other.addContacts(60)];
  for (const [index, person] of mine.entries()) {
    await rig.world.sendEvent(person, "loan");
    await other.sendEvent(strangers[index] ?? "", "theirs");
  }
  await rig.settle();
  expect(await cameBy(above)).toBe("not-started");
  expect(await database.db.$count(enrollment, eq(enrollment.flowId, theirs))).toBe(60);
});

test("many people are brought over in one batch, and the counts are those of the rows", async () => {
  const child = await reminder();
  const above = await parent(child);
  const people = await rig.world.addContacts(300);
  for (const person of people) await rig.world.sendEvent(person, "loan");
  const { works, entered } = await rig.host.applyQueued();
  expect(works).toBeGreaterThan(50);
  expect(entered).toBe(2 * works);
  await rig.settle();
  for (const person of people.slice(0, 100)) await rig.world.sendEvent(person, "paid");
  await rig.settle();
  const ended = (flowId: string) =>
    database.db.$count(enrollment, and(eq(enrollment.flowId, flowId), eq(enrollment.status, "ended")));
  expect([await ended(child), await ended(above)]).toEqual([100, 100]);
  const counted = async () => (await database.db.execute(tallies)).rows;
  const before = await counted();
  await database.db.transaction((tx) => rebuildTallies(tx, { flowId: above }));
  expect(await counted()).toEqual(before);
});

const tallies = sql`
  select flow_id, node_id, kind, handle, sum(n)::int as n
  from (select flow_id, node_id, kind, handle, n from flow_tally union all select flow_id, node_id, kind, handle, n from flow_tally_change) x
  group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4`;
