import { expect, test } from "vitest";
import type { Allowances } from "../contract.ts";
import type { Facts } from "./facts.ts";
import { judge } from "./judge.ts";
import { ana, enrollmentOf, messageOf, providerMessage, wholeWorld } from "./made-up-world.ts";

const verdictOf = (change: Partial<Facts>, allows: Allowances = {}) => judge({ ...wholeWorld(), ...change }, allows);
const whole = wholeWorld();
const [first, second] = whole.messages;
const [sent] = whole.provider;
if (!first || !second || !sent) throw new Error("The made-up world is empty.");

test("a world in which all is well has nothing to find", () => {
  const { broken, counts } = verdictOf({});
  expect(broken).toEqual([]);
  expect(Object.values(counts).every((count) => count === 0)).toBe(true);
});

test.each<[string, string, string, Partial<Facts>]>([
  ["I1", "lost", "an accepted event that is not stored", { storedEvents: new Map([["E-1", 1]]) }],
  [
    "I1",
    "doubled",
    "an event that is stored twice",
    {
      storedEvents: new Map([
        ["E-1", 2],
        ["E-2", 1],
      ]),
    },
  ],
  ["I1", "lost", "an event without its enrollment", { enrollments: whole.enrollments.slice(0, 1), messages: [first] }],
  [
    "I1",
    "doubled",
    "an event with two enrollments",
    { enrollments: [...whole.enrollments, enrollmentOf("n-3", ana, "E-1")] },
  ],
  ["I2", "doubled", "a message that the provider took twice", { provider: [sent, sent] }],
  [
    "I2",
    "doubled",
    "two messages that say the same",
    {
      provider: [sent, providerMessage("m-9", ana, "E-1")],
      messages: [...whole.messages, { ...messageOf("m-9", ana, "n-1"), visit: 9 }],
    },
  ],
  [
    "I2",
    "doubled",
    "two messages for one visit of a step",
    {
      provider: [sent, providerMessage("m-9", ana, "E-9", "service_second")],
      messages: [...whole.messages, { ...messageOf("m-9", ana, "n-1"), template: "service_second" }],
    },
  ],
  [
    "I3",
    "lost",
    "a message at the provider that we do not have",
    { provider: [sent, providerMessage("m-9", ana, "E-9", "service_second")] },
  ],
  ["I3", "lost", "a message that we call sent and nobody took", { provider: [] }],
  [
    "I3",
    "wrong",
    "a message at the provider that we call queued",
    { messages: [{ ...first, status: "queued" }, second] },
  ],
  [
    "I3",
    "unknown",
    "an outcome that stays unknown without an excuse",
    { provider: [], messages: [{ ...first, status: "unknown" }, second] },
  ],
  ["I3", "lost", "an event that never came to its message", { provider: [], messages: [second] }],
  [
    "I4",
    "consent",
    "a message to somebody who never agreed",
    { people: [{ ...ana, consents: {} }, ...whole.people.slice(1)] },
  ],
  [
    "I4",
    "consent",
    "a message to somebody who is kept from all",
    { people: [{ ...ana, isSuppressed: true }, ...whole.people.slice(1)] },
  ],
  [
    "I4",
    "consent",
    "a message long after a withdrawal",
    { withdrawals: [{ contactId: "ana", purpose: "service", at: sent.at - 1_001 }] },
  ],
  ["I4", "consent", "a message to a number of nobody", { people: whole.people.slice(1) }],
  [
    "I5",
    "over-cap",
    "more messages on one day than the cap",
    {
      provider: [sent, ...["m-8", "m-9"].map((id) => providerMessage(id, ana, id, "service_second"))],
      messages: [
        ...whole.messages,
        ...["m-8", "m-9"].map((id) => ({ ...messageOf(id, ana, id), template: "service_second" })),
      ],
    },
  ],
  [
    "I1",
    "doubled",
    "an event of the product's own with two enrollments in one flow",
    { enrollments: [...whole.enrollments, ...["n-8", "n-9"].map((id) => enrollmentOf(id, ana, "S-1"))] },
  ],
  ["I1", "lost", "a flow that a step ran and nobody is in", { enrollments: whole.enrollments.slice(0, 2) }],
  [
    "I1",
    "doubled",
    "a flow that one step ran twice",
    { enrollments: [...whole.enrollments, { ...enrollmentOf("n-4", ana, "R-2"), startedBy: "n-1 4" }] },
  ],
  [
    "I1",
    "wrong",
    "a flow that runs though its step says that it did not start",
    { runs: whole.runs.map((run) => ({ ...run, handle: "not-started" })) },
  ],
  ["I3", "lost", "a call that nobody answered, marked as answered", { answers: new Set() }],
  [
    "I5",
    "wrong",
    "a throttle that lets on more people than its pace",
    { throttles: whole.throttles.map((throttle) => ({ ...throttle, wentOn: 5 })) },
  ],
  [
    "I7",
    "lost",
    "a message skipped for a window that was open",
    {
      provider: [],
      messages: [{ ...first, template: null, status: "skipped", reason: "window-closed" }, second],
      writings: [{ contactId: "ana", at: first.createdAt - 60_000, knownAt: first.createdAt - 59_000 }],
    },
  ],
  ["I6", "lost", "a signal that nobody applies", { left: { ...whole.left, signals: 1 } }],
  ["I6", "lost", "somebody who sleeps past their time", { left: { ...whole.left, lateTimers: 1 } }],
  ["I6", "lost", "a segment that nobody looks at", { left: { ...whole.left, segments: 1 } }],
  ["I6", "lost", "a signal that was given up", { deadLetters: ["no such step"] }],
  [
    "I7",
    "wrong",
    "an enrollment that ended for no reason",
    { enrollments: whole.enrollments.map((each) => ({ ...each, endReason: null })) },
  ],
  [
    "I7",
    "lost",
    "a message that failed though nothing made it fail",
    { messages: [{ ...first, status: "failed", reason: "undeliverable" }, second] },
  ],
  [
    "I7",
    "lost",
    "a message skipped for a consent that was there",
    {
      provider: [],
      messages: [{ ...first, status: "skipped", reason: "no-consent" }, second],
    },
  ],
  [
    "I7",
    "lost",
    "a message skipped for a cap that had room",
    {
      provider: [],
      messages: [{ ...first, status: "skipped", reason: "frequency-cap" }, second],
    },
  ],
  [
    "I7",
    "lost",
    "a message skipped because its person cannot be reached, which nothing has shown",
    {
      provider: [],
      messages: [{ ...first, status: "skipped", reason: "undeliverable" }, second],
    },
  ],
  ["I7", "lost", "a message skipped without a reason", { messages: [first, { ...second, reason: null }] }],
  ["I8", "wrong", "a step by another version", { strayVersions: 1 }],
  ["I9", "wrong", "a changed neighbour", { neighbour: { before: "1", after: "2" } }],
  ["I10", "wrong", "a broken audit chain", { audit: { written: 3, rows: 3, brokenAt: 2 } }],
  ["I10", "lost", "an audit chain that lacks a row", { audit: { written: 3, rows: 2, brokenAt: null } }],
  ["I11", "wrong", "a name in a log", { leaks: ["door.log: a name"] }],
  [
    "I12",
    "wrong",
    "a process that died by itself",
    { processes: [{ name: "door", crashes: 1, bytesBefore: 1, bytesAfter: 1 }] },
  ],
  [
    "I12",
    "wrong",
    "a process that grew",
    { processes: [{ name: "door", crashes: 0, bytesBefore: 1, bytesAfter: 2 ** 30 }] },
  ],
  ["I12", "wrong", "sessions that are not given back", { sessions: { before: 4, after: 60 } }],
])("%s names as %s: %s", (invariant, kind, _, change) => {
  const { broken, counts } = verdictOf(change);
  expect(broken).toContainEqual(expect.objectContaining({ invariant, kind }));
  expect(Object.entries(counts)).toContainEqual([kind, expect.any(Number)]);
});

test("a message sent once more is counted, and excused only where the fault allows it", () => {
  const change = { provider: [sent, sent], messages: [{ ...first, reason: "resent" }, second] };
  expect(verdictOf(change).counts).toMatchObject({ flagged: 1, doubled: 0 });
  expect(verdictOf(change).broken).toHaveLength(1);
  expect(verdictOf(change, { flaggedDuplicates: true }).broken).toEqual([]);
});

test("unknown outcomes are excused up to the number the fault allows", () => {
  const change = { provider: [], messages: [{ ...first, status: "unknown", reason: "unknown-outcome" }, second] };
  expect(verdictOf(change, { unknown: 1 })).toMatchObject({ counts: { unknown: 1 }, broken: [] });
  expect(verdictOf(change, { unknown: 0 }).broken).toHaveLength(1);
});

test("a call under way at the moment of a withdrawal may still arrive", () => {
  const withdrawals = [{ contactId: "ana", purpose: "service" as const, at: sent.at - 900 }];
  expect(verdictOf({ withdrawals }).broken).toEqual([]);
});

test.each([
  ["claimed before the withdrawal and slow on its way: excused", -6_000, 5_000, 0],
  ["claimed before the withdrawal and frozen for half a minute: not excused", -40_000, 35_000, 1],
  ["claimed after the withdrawal: not excused", -1_000, 5_000, 1],
])("a late message, %s", (_, claimedMs, gapMs, broken) => {
  const withdrawals = [{ contactId: "ana", purpose: "service" as const, at: sent.at - gapMs }];
  const claims = new Map([[sent.ourId, sent.at + claimedMs]]);
  expect(verdictOf({ withdrawals, claims }).broken).toHaveLength(broken);
});

test.each([
  ["just after midnight, after a day with room: counted there", { late: 1, dayBefore: 1 }, 0],
  ["just after midnight, after a full day: over the cap", { late: 1, dayBefore: 2 }, 1],
  ["two just after midnight, room for one", { late: 2, dayBefore: 1 }, 1],
  ["all in broad day: over the cap", { late: 0, dayBefore: 0 }, 1],
])("one message more than the cap on a day, %s", (_, { late, dayBefore }, broken) => {
  const midnight = Date.parse("2026-11-23T00:00:00Z");
  const today = 2 + Math.max(1, late);
  const arrivals = [
    ...Array.from({ length: dayBefore }, () => midnight - 3_600_000),
    ...Array.from({ length: today }, (_, index) => midnight + (index < late ? 1_000 : 3_600_000)),
  ];
  const provider = arrivals.map((at, index) => ({
    ...providerMessage(`m-${index + 10}`, ana, "E-1", "service_second"),
    at,
  }));
  const found = verdictOf({ provider }).broken.filter(({ invariant }) => invariant === "I5");
  expect(found).toHaveLength(broken);
});

test("a marketing message gave way to a service message that waited and never left", () => {
  const capped = {
    ...first,
    id: "m-3",
    template: "marketing_note",
    purpose: "marketing" as const,
    status: "skipped",
    reason: "frequency-cap",
  };
  const gone = { ...first, id: "m-4", status: "skipped", reason: "expired" };
  const found = (messages: typeof whole.messages) =>
    verdictOf({ messages }, { skipped: ["expired"] }).broken.filter(({ what }) => what.includes("frequency-cap"));
  expect(found([...whole.messages, capped])).toHaveLength(1);
  expect(found([...whole.messages, capped, gone])).toEqual([]);
});
