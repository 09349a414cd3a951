import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { Replay } from "#flow/backtest/replay.ts";
import type { ReplayRun } from "#flow/backtest/replay-run.ts";
import type { TraceRow } from "#flow/enrollment.ts";
import { namedEvents } from "#flow/named-events.ts";
import { canonicalJson } from "#server/canonical-json.ts";
import { estimateCost } from "#server/channels/prices/estimate-cost.ts";
import { readCatalog } from "../flows/read-catalog.ts";
import { playEvents } from "./play-events.ts";
import { readRates } from "./read-rates.ts";
import { compileGraph, readGround, readScope, rulesOf } from "./read-scope.ts";
import { type Deed, LiveDay } from "./test-live-day.ts";

const hour = 3_600_000;
const minute = 60_000;
/** Six in the morning in Dakar, of a day whose times the machine has not seen yet. */
const start = Math.ceil(Date.now() / (24 * hour)) * 24 * hour + 6 * hour;
const end = start + 26 * hour;

let day: LiveDay;
beforeEach(async () => {
  // People are told about an hour before the day begins.
  day = await LiveDay.open(start - hour);
});
afterEach(() => day.close());

const hello = (id: string) => ({
  id,
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
});
const wait = (id: string, amount: number) => ({
  id,
  type: "wait",
  data: { mode: "duration", duration: { amount, unit: "hours" } },
});

/**
 * Entry criteria, a condition, a throttle, a split, three messages against a cap of two, a wait for an event or a reply, another flow, an agent, a
 * goal.
 */
async function publishReminder(): Promise<string> {
  const { world } = day.rig;
  const aside = await world.publish("aside", [wait("rest", 1)], [["start", "next", "rest"]], {
    exitOn: [{ event: "loan.closed" }],
  });
  const isKnown = { path: "contact.score", op: "gte", value: 500 };
  const arms = ["a", "b"].map((id) => ({ id, name: id.toUpperCase(), weight: 50 }));
  const steps = [
    { id: "known", type: "condition", data: { branches: [{ id: "yes", name: "Known", rule: isKnown }] } },
    { id: "slow", type: "throttle", data: { people: 4, per: "hour", timeout: { amount: 5, unit: "hours" } } },
    { id: "aside", type: "run-flow", data: { flow: aside, values: { asked: "enrollment.reply" } } },
    { id: "split", type: "split", data: { experimentId: "wording", arms } },
    hello("first"),
    {
      id: "until",
      type: "wait-until",
      data: {
        sources: [
          { kind: "event", id: "paid", event: "loan.paid" },
          { kind: "reply", id: "wrote" },
        ],
        timeout: { amount: 3, unit: "hours" },
      },
    },
    hello("second"),
    { id: "note", type: "update-contact", data: { changes: [{ op: "increment", attribute: "reminders", by: 1 }] } },
    wait("later", 2),
    hello("third"),
    wait("long", 12),
    { id: "agent", type: "hand-off", data: { queue: "Loans", priority: "normal" } },
    { id: "done", type: "goal", data: { name: "paid" } },
    { id: "stopped", type: "exit", data: { reason: "not reached" } },
  ];
  return world.publish(
    "loan.due",
    steps,
    [
      ["start", "next", "known"],
      ["known", "yes", "slow"],
      ["slow", "next", "split"],
      ["slow", "timeout", "stopped"],
      ["known", "else", "later"],
      ["split", "a", "first"],
      ["split", "b", "until"],
      ["first", "next", "until"],
      ["first", "button:help", "agent"],
      ["first", "failed", "stopped"],
      ["until", "paid", "done"],
      ["until", "wrote", "agent"],
      ["until", "timeout", "second"],
      ["second", "next", "note"],
      ["second", "button:help", "agent"],
      ["second", "failed", "stopped"],
      ["note", "next", "aside"],
      ["aside", "done", "later"],
      ["aside", "exited", "stopped"],
      ["later", "next", "third"],
      ["third", "next", "long"],
      ["third", "blocked", "stopped"],
      ["long", "next", "agent"],
      ["agent", "resolved", "done"],
    ],
    {
      reEntry: { mode: "after-exit" },
      goal: { event: "loan.closed", windowHours: 48 },
      exitOn: [{ event: "loan.sold" }],
    },
  );
}

const people = 30;
const phoneOf = (nth: number) => `+1415${5_551_001 + nth}`;
const zones = [null, "Europe/Paris", "America/Bogota", "Asia/Kolkata"];

/** What thirty people, two systems and an agent do in the day. All of it is told by place in the row, so that a failure can be told again. */
async function deedsOf(ids: readonly string[]): Promise<Deed[]> {
  const deeds: Deed[] = [];
  for (const [nth, id] of ids.entries()) {
    // Ten at a time: who shares a moment shares the work that the engine has with it.
    const begins = start + Math.floor(nth / 10) * 55 * minute;
    const at = (after: number, act: () => Promise<unknown>) =>
      deeds.push({ at: begins + after, act: async () => void (await act()) });
    at(0, () => day.event(id, "loan.due", { loanId: `L${nth}` }));
    if (nth % 5 === 0) at(-5 * minute + 7_000, () => day.event(id, "offer.made"));
    if (nth % 4 === 1) at(7 * minute, () => day.tap(phoneOf(nth), 0));
    if (nth % 4 === 2) at(95 * minute, () => day.say(phoneOf(nth), "When is it due?"));
    if (nth % 7 === 3) at(50 * minute, () => day.event(id, "loan.paid"));
    if (nth % 11 === 4) at(4 * hour, () => day.say(phoneOf(nth), "STOP"));
    if (nth % 6 === 0) at(30 * minute, () => day.identify(id, { score: 200 }));
    if (nth % 6 === 3) at(-20 * minute, () => day.identify(id, { score: 900, city: "Thiès" }));
    if (nth % 9 === 5) at(5 * hour, () => day.event(id, "loan.sold"));
    if (nth % 10 === 7) at(6 * hour, () => day.event(id, "loan.closed"));
    if (nth % 8 === 2) at(9 * hour, () => day.event(id, "loan.due", { loanId: `M${nth}` }));
  }
  for (const after of [3, 8, 13, 20])
    deeds.push({ at: start + after * hour + 1_000, act: () => day.resolveHandOffs() });
  return deeds;
}

type Paths = Record<string, unknown[]>;

const pathRow = ({ at, visit, nodeId, kind, handle, detail }: TraceRow) => ({
  at,
  visit,
  nodeId,
  kind,
  handle,
  detail,
});

/** Every row the engine wrote, by person and opening event. */
async function livePaths(flowId: string): Promise<Paths> {
  const { db } = day.rig.database;
  const enrollments = await db.select().from(tables.enrollment).where(eq(tables.enrollment.flowId, flowId));
  const rows = await db
    .select()
    .from(tables.trace)
    .where(eq(tables.trace.flowId, flowId))
    .orderBy(tables.trace.ordinal);
  const byEnrollment = Map.groupBy(rows, (row) => row.enrollmentId);
  return Object.fromEntries(
    enrollments.map(({ id, contactId, eventId }) => [
      `${contactId} ${eventId}`,
      (byEnrollment.get(id) ?? []).map(({ at, ...row }) => pathRow({ ...row, at: at.getTime() })),
    ]),
  );
}

/** The same day once more, from what is stored. */
async function replay(flowId: string) {
  const { db, pool } = day.rig.database;
  const { workspaceId } = day.rig.world;
  const [version] = await db.select().from(tables.flowVersion).where(eq(tables.flowVersion.flowId, flowId));
  const flow = version && compileGraph(version.graph);
  if (!version || !flow) throw new Error("The flow has no version.");
  const ground = await readGround(db, workspaceId);
  const scope = await readScope(db, { workspaceId, flowId, since: start, until: end, policy: ground.policy });
  const paths: Paths = {};
  const replayed = new Replay({
    flow,
    flowId,
    catalog: await readCatalog(db, workspaceId),
    rules: rulesOf(ground.policy, ground.zone),
    zone: ground.zone,
    language: ground.language,
    rates: await readRates(pool, { workspaceId, until: end, seed: "day" }),
    priceOf: estimateCost,
    assumesApproval: false,
    tickMs: 1_000,
    keptPaths: 1_000,
    onRows: ({ person, eventId }: ReplayRun, rows) => {
      const key = `${person.history.id} ${eventId}`;
      paths[key] = [...(paths[key] ?? []), ...rows.map(pathRow)];
    },
  });
  await playEvents([replayed], { pool, scope, names: namedEvents(version.graph) });
  const figures = replayed.finish(end);
  const sent = Object.fromEntries(
    replayed.kept.map((run) => [`${run.person.history.id} ${run.eventId}`, [run.sent, run.notSent]]),
  );
  return { figures, paths, sent };
}

/** How many messages left, and how many never did, by person and opening event. */
async function liveSends(flowId: string): Promise<Record<string, [number, number]>> {
  const { db } = day.rig.database;
  const enrollments = await db.select().from(tables.enrollment).where(eq(tables.enrollment.flowId, flowId));
  const messages = await db.select().from(tables.message).where(eq(tables.message.flowId, flowId));
  const of = Map.groupBy(messages, ({ enrollmentId }) => enrollmentId);
  return Object.fromEntries(
    enrollments.map(({ id, contactId, eventId }) => {
      const mine = of.get(id) ?? [];
      const left = mine.filter(({ sentAt }) => sentAt !== null).length;
      const dropped = mine.filter(
        ({ status, sentAt }) => status === "skipped" || (status === "failed" && !sentAt),
      ).length;
      return [`${contactId} ${eventId}`, [left, dropped]];
    }),
  );
}

test("a live day that is replayed from what is stored gives the same paths, byte by byte", async () => {
  const { rig } = day;
  const { db } = rig.database;
  await db
    .update(tables.workspace)
    .set({ capPerDay: 2, quietFrom: "21:00", quietTo: "08:00", timezone: "Africa/Dakar" })
    .where(eq(tables.workspace.id, rig.world.workspaceId));
  const ids = await rig.world.addContacts(people, { createdAt: new Date() });
  for (const [nth, id] of ids.entries()) {
    const timezone = zones[nth % zones.length] ?? null;
    await day.identify(id, { score: nth % 13 === 12 ? 100 : 650, ...(timezone && { timezone }) });
  }
  const flowId = await publishReminder();
  await rig.world.publish("offer.made", [hello("offer")], [["start", "next", "offer"]]);
  // One number that takes a message and loses it, and one that refuses it at once.
  await rig.control("faults", { match: { to: phoneOf(8).slice(1) }, mode: "async", code: 131000 });
  await rig.control("faults", { match: { to: phoneOf(16).slice(1) }, mode: "sync", code: 131047 });

  await day.live(await deedsOf(ids), end);
  const live = await livePaths(flowId);
  const { figures, paths, sent } = await replay(flowId);

  expect(paths).toEqual(live);
  expect(canonicalJson(paths)).toBe(canonicalJson(live));
  // The day was a full one, or the two would be equal for want of anything to tell.
  expect(figures.entered).toBeGreaterThan(people);
  expect(figures.cap.never).toBeGreaterThan(3);
  expect(figures.hours.later).toBeGreaterThan(0);
  expect(figures.runs).toBeGreaterThan(3);
  const turns = await db
    .select()
    .from(tables.trace)
    .where(eq(tables.trace.nodeId, "slow"))
    .orderBy(tables.trace.ordinal);
  const visits = [...Map.groupBy(turns, ({ enrollmentId }) => enrollmentId).values()];
  const waits = visits.filter(([came, went]) => came && went && went.at > came.at);
  expect(waits.length).toBeGreaterThan(5);
  expect(figures.fates.drawn).toBe(0);
  expect(new Set(Object.keys(figures.ends))).toEqual(
    new Set(["goal", "exit", "exit-criteria", ...Object.keys(figures.ends)]),
  );
  expect(sent).toEqual(await liveSends(flowId));
}, 400_000);
