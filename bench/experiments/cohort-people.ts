import fc from "fast-check";
import type { Database } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import type { Cohort } from "#server/experiments/moments/cohort.ts";
import { newId, shardOf } from "#server/id.ts";

export const workspaceId = newId();

export const hourMs = 3_600_000;
export const start = Date.parse("2026-11-02T00:00:00Z");
export const nowMs = start + 20 * 24 * hourMs;
const timezone = "America/Bogota";
/** The days before the assignment that a person is evened out by. */
export const beforeHours = 14 * 24;

/** Hours since the start, in whole minutes, so that edges are met. */
const hour = fc.integer({ min: 0, max: 20 * 24 * 4 }).map((quarters) => quarters / 4);
const later = fc.option(
  fc.oneof(
    fc.integer({ min: -8, max: 240 * 4 }).map((quarters) => quarters / 4),
    // The very end of a window, which is no part of it, and a millisecond before.
    fc.constantFrom(0, 24, 72, 72 - 1 / hourMs, 168, 168 - 1 / hourMs),
    // The days before the assignment, and what lies just outside of them.
    fc.integer({ min: -16 * 24 * 4, max: -1 }).map((quarters) => quarters / 4),
    fc.constantFrom(-beforeHours, -beforeHours - 1 / hourMs, -1 / hourMs),
  ),
  { nil: null },
);

const aPerson = fc.record({
  arm: fc.constantFrom("a", "b"),
  at: hour,
  messages: fc.array(
    fc.record({
      isOther: fc.boolean(),
      /** Hours after the assignment. */
      made: fc.oneof(fc.constant(0), fc.integer({ min: -16 * 24, max: 0 })),
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
  /** What each of the goals was worth, where its event told it. */
  worth: fc.array(
    fc.option(
      fc.record({
        amountMinor: fc.integer({ min: 0, max: 10_000_000_000 }),
        currency: fc.constantFrom("COP", "COP", "COP", "XOF", "KWD"),
      }),
      { nil: null },
    ),
    { minLength: 2, maxLength: 2 },
  ),
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
export type APerson = ReturnType<typeof aPerson.generate>["value"];
/** People of an experiment with all they got and did, before and after. */
export const aWorld = fc.array(aPerson, { maxLength: 30 });

type Stored = Cohort & { people: APerson[] };

/** Stores them as the people of a new experiment. */
export async function storePeople(db: Database, people: APerson[]): Promise<Stored> {
  const [experimentId, flowId] = [newId(), newId()];
  const when = (from: number, hours: number | null) =>
    hours === null ? null : new Date(start + (from + hours) * hourMs);
  const ids = people.map(() => newId());
  await db.insert(tables.workspace).values({ id: workspaceId, name: "World", slug: workspaceId }).onConflictDoNothing();
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
          createdAt: when(at, one.made) ?? new Date(start),
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
    people.flatMap(({ at, goals, worth }, nth) =>
      goals.map((goal, index) => ({
        ...{
          ...place(nth),
          id: newId(),
          flowId,
          versionId: newId(),
          key: "",
          eventId: newId(),
          status: "ended",
          state: worth[index] ? { goalValue: worth[index] } : {},
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
