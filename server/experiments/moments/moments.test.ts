import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { evaluateRule } from "#flow/evaluate-rule.ts";
import type { Rule } from "#flow/rule.ts";
import { newId, shardOf } from "#server/id.ts";
import type { Cohort } from "./cohort.ts";
import type { CustomMetricRow, MetricSource } from "./outcome-sql.ts";
import { type DayMoments, type MomentKind, readMoments } from "./read-moments.ts";

let database: TestDatabase;
const workspaceId = newId();

beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.insert(tables.workspace).values({ id: workspaceId, name: "Test bank", slug: workspaceId });
});
afterAll(() => database.drop());

const hourMs = 3_600_000;
const start = Date.parse("2026-11-02T00:00:00Z");
const nowMs = start + 20 * 24 * hourMs;
const timezone = "America/Bogota";

/** Hours since the start, in whole minutes, so that edges are met. */
const hour = fc.integer({ min: 0, max: 20 * 24 * 4 }).map((quarters) => quarters / 4);
const later = fc.option(
  fc.oneof(
    fc.integer({ min: -8, max: 240 * 4 }).map((quarters) => quarters / 4),
    // The very end of a window, which is no part of it, and a millisecond before.
    fc.constantFrom(0, 24, 72, 72 - 1 / hourMs, 168, 168 - 1 / hourMs),
  ),
  { nil: null },
);

const aPerson = fc.record({
  arm: fc.constantFrom("a", "b"),
  at: hour,
  messages: fc.array(
    fc.record({
      isOther: fc.boolean(),
      sent: later,
      delivered: later,
      read: later,
      clicked: later,
      replied: later,
      failed: later,
      cost: fc.integer({ min: 0, max: 90_000 }),
    }),
    { maxLength: 3 },
  ),
  goals: fc.array(later, { maxLength: 2 }),
  stops: fc.array(later, { maxLength: 2 }),
  events: fc.array(
    fc.record({
      name: fc.constantFrom("paid", "other"),
      at: later,
      amount: fc.option(
        fc.double({ min: -50, max: 5_000, noNaN: true }).map((value) => Math.round(value * 100) / 100),
        { nil: "much" as const },
      ),
    }),
    { maxLength: 4 },
  ),
});
type APerson = ReturnType<typeof aPerson.generate>["value"];
const aWorld = fc.array(aPerson, { maxLength: 30 });

const rule: Rule = { path: "event.amount", op: "gt", value: 10 };
const custom = (measure: CustomMetricRow["measure"]): CustomMetricRow => ({
  ...{
    id: newId(),
    workspaceId,
    name: "Paid",
    event: "paid",
    rule,
    measure,
    path: measure === "sum" ? "event.amount" : null,
  },
  ...{ isLowerBetter: false, windowHours: 72, createdBy: newId(), createdAt: new Date(start), archivedAt: null },
});

type Asked = { source: MetricSource; kind: MomentKind; windowHours: number };
const metrics: Asked[] = [
  { source: "delivered", kind: "rate", windowHours: 24 },
  { source: "read", kind: "rate", windowHours: 72 },
  { source: "click", kind: "rate", windowHours: 72 },
  { source: "failed", kind: "rate", windowHours: 72 },
  { source: "conversion", kind: "rate", windowHours: 168 },
  { source: "opt-out", kind: "rate", windowHours: 168 },
  { source: "cost-per-conversion", kind: "ratio", windowHours: 168 },
  { source: custom("happened"), kind: "rate", windowHours: 72 },
  { source: custom("count"), kind: "mean", windowHours: 72 },
  { source: custom("sum"), kind: "mean", windowHours: 72 },
];

type Stored = Cohort & { people: APerson[] };

async function store(people: APerson[]): Promise<Stored> {
  const { db } = database;
  const [experimentId, flowId] = [newId(), newId()];
  const when = (from: number, hours: number | null) =>
    hours === null ? null : new Date(start + (from + hours) * hourMs);
  const ids = people.map(() => newId());
  const insert = async <Row extends object>(table: Parameters<typeof db.insert>[0], rows: Row[]) => {
    if (rows.length > 0) await db.insert(table).values(rows as never);
  };
  const place = (at: number) => ({ workspaceId, contactId: ids[at] ?? "", shard: shardOf(workspaceId, ids[at] ?? "") });
  await insert(
    tables.contact,
    ids.map((id, at) => ({ id, workspaceId, shard: place(at).shard })),
  );
  await insert(
    tables.assignment,
    people.map(({ arm, at }, nth) => ({
      ...{ experimentId, contactId: ids[nth] ?? "", workspaceId, arm, at: new Date(start + at * hourMs) },
      ...{ enrollmentId: newId(), versionId: newId() },
    })),
  );
  await insert(
    tables.message,
    people.flatMap(({ at, messages }, nth) =>
      messages.map((one) => ({
        ...{
          ...place(nth),
          id: newId(),
          direction: "outbound",
          type: "template",
          status: "sent",
          flowId: one.isOther ? newId() : flowId,
        },
        ...{
          createdAt: new Date(start + at * hourMs),
          sentAt: when(at, one.sent),
          deliveredAt: when(at, one.delivered),
        },
        ...{ readAt: when(at, one.read), clickedAt: when(at, one.clicked), repliedAt: when(at, one.replied) },
        ...{ failedAt: when(at, one.failed), costMicros: one.cost, costCurrency: "USD" },
      })),
    ),
  );
  await insert(
    tables.enrollment,
    people.flatMap(({ at, goals }, nth) =>
      goals.map((goal) => ({
        ...{
          ...place(nth),
          id: newId(),
          flowId,
          versionId: newId(),
          key: "",
          eventId: newId(),
          status: "ended",
          state: {},
        },
        ...{ enteredAt: new Date(start + at * hourMs), goalAt: when(at, goal) },
      })),
    ),
  );
  await insert(
    tables.consent,
    people.flatMap(({ at, stops }, nth) =>
      stops.flatMap((stop) => {
        const moment = when(at, stop);
        const row = { id: newId(), workspaceId, contactId: ids[nth] ?? "", purpose: "service", state: "withdrawn" };
        return moment ? [{ ...row, source: "keyword", actor: "test", at: moment }] : [];
      }),
    ),
  );
  await insert(
    tables.event,
    people.flatMap(({ at, events }, nth) =>
      events.flatMap(({ name, at: after, amount }) => {
        const occurredAt = when(at, after);
        const row = { ...place(nth), id: newId(), messageId: newId(), type: "track", name, properties: { amount } };
        // Told a day late, some of them after the window.
        return occurredAt
          ? [{ ...row, occurredAt, receivedAt: new Date(Math.max(start, occurredAt.getTime() + 24 * hourMs)) }]
          : [];
      }),
    ),
  );
  const cohort = { experimentId, flowId, workspaceId, since: new Date(start), until: new Date(nowMs), timezone };
  return { ...cohort, people };
}

/** What one person did, reckoned from what they are made of. */
function didOf(
  { messages, goals, stops, events }: APerson,
  { source, windowHours }: Asked,
): { y: number; d: number } | null {
  const isIn = (hours: number | null): hours is number => hours !== null && hours >= 0 && hours < windowHours;
  const own = messages.filter(({ isOther }) => !isOther);
  const hit = (yes: boolean) => (yes ? { y: 1, d: 0 } : null);
  if (typeof source !== "string") {
    const paid = events.filter(
      ({ name, at, amount }) => name === source.event && isIn(at) && evaluateRule(source.rule, { event: { amount } }),
    );
    if (paid.length === 0) return null;
    if (source.measure === "happened") return { y: 1, d: 0 };
    if (source.measure === "count") return { y: paid.length, d: 0 };
    return { y: paid.reduce((sum, { amount }) => sum + (typeof amount === "number" ? amount : 0), 0), d: 0 };
  }
  const firstOf = (...moments: (number | null)[]) => moments.find((moment) => moment !== null) ?? null;
  const leastOf = (...moments: (number | null)[]) => {
    const known = moments.filter((moment) => moment !== null);
    return known.length === 0 ? null : Math.min(...known);
  };
  switch (source) {
    case "delivered":
      return hit(own.some((one) => isIn(firstOf(one.delivered, one.read))));
    case "read":
      return hit(own.some((one) => isIn(leastOf(one.read, one.clicked, one.replied))));
    case "click":
      return hit(own.some((one) => isIn(one.clicked)));
    case "failed":
      return hit(own.some((one) => isIn(one.failed)));
    case "conversion":
      return hit(goals.some(isIn));
    case "opt-out":
      return hit(stops.some(isIn));
    case "cost-per-conversion": {
      const spent = own.filter((one) => isIn(firstOf(one.delivered, one.read))).reduce((sum, one) => sum + one.cost, 0);
      return { y: spent, d: goals.some(isIn) ? 1 : 0 };
    }
    default:
      throw new Error(`No brute force for ${source}.`);
  }
}

/** "2026-11-30" in the workspace's zone, five hours behind. */
const dayOf = (hours: number): string => new Date(start + (hours - 5) * hourMs).toISOString().slice(0, 10);

function bruteForce(people: readonly APerson[], asked: Asked): DayMoments[] {
  const mature = people.filter(({ at }) => start + at * hourMs <= nowMs - asked.windowHours * hourMs);
  const did = mature.map((person) => ({ person, ...(didOf(person, asked) ?? { y: 0, d: 0 }) }));
  const groups = Map.groupBy(did, ({ person }) => `${person.arm} ${dayOf(person.at)}`);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, rows]) => {
      const [arm = "", day = ""] = key.split(" ");
      const sumOf = (of: (row: { y: number; d: number }) => number) => rows.reduce((sum, row) => sum + of(row), 0);
      return {
        ...{ arm, day, n: rows.length, sum: sumOf(({ y }) => y), sumSquares: sumOf(({ y }) => y * y) },
        ...{ over: sumOf(({ d }) => d), overSquares: sumOf(({ d }) => d * d), product: sumOf(({ y, d }) => y * d) },
      };
    });
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));

test("S17: the sums that Postgres makes are those of the people counted one by one, for every metric", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(aWorld, async (people) => {
      const world = await store(people);
      for (const asked of metrics) {
        const cohort = { ...world, until: new Date(nowMs - asked.windowHours * hourMs) };
        const [seen, wanted] = [await readMoments(database.db, cohort, asked), bruteForce(people, asked)];
        expect(seen.map(({ arm, day, n }) => ({ arm, day, n }))).toEqual(
          wanted.map(({ arm, day, n }) => ({ arm, day, n })),
        );
        for (const [at, row] of seen.entries()) {
          const want = wanted[at];
          for (const key of ["sum", "sumSquares", "over", "overSquares", "product"] as const)
            expect({ key, asked, isClose: isClose(row[key], want?.[key] ?? Number.NaN) }).toMatchObject({
              isClose: true,
            });
        }
      }
    }),
    { numRuns: 50 },
  );
});
