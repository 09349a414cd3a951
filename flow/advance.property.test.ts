import fc from "fast-check";
import { expect, test } from "vitest";
import { advance, enroll } from "./advance.ts";
import { compile } from "./compile.ts";
import type { ContactFacts } from "./contact.ts";
import type { EnrollmentState, TraceRow } from "./enrollment.ts";
import { FlowSettings, type Graph, graphLimits } from "./graph.ts";
import type { Advanced } from "./run-steps.ts";
import type { Signal } from "./signal.ts";
import { isRunnable, validate } from "./validate.ts";

const start = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;

const id = fc.constantFrom("t", "a", "b", "c", "d", "e", "__proto__");
const handle = fc.constantFrom(
  "next",
  "yes",
  "else",
  "a",
  "b",
  "ok",
  "failed",
  "blocked",
  "replied",
  "done",
  "timeout",
  "resolved",
  "button:x",
  "nowhere",
);
const event = fc.constantFrom("begin", "done", "paid", "other");
const path = fc.constantFrom(
  "contact.score",
  "contact.firstName",
  "event.n",
  "event.due",
  "enrollment.reply",
  "time.now",
  "contact.tags",
);
const rule = fc.oneof(
  fc.constant({ all: [] }),
  fc.record({
    path,
    op: fc.constantFrom("eq", "gt", "exists", "contains", "neq"),
    value: fc.constantFrom<unknown>(1, "x", null, 5),
  }),
);
const duration = fc.record({
  amount: fc.integer({ min: 1, max: 90 }),
  unit: fc.constantFrom("minutes", "hours", "days"),
});
const binding = fc.oneof(
  fc.record({
    from: fc.constant("path"),
    path,
    format: fc.constantFrom({ kind: "text" }, { kind: "money", currency: "EUR" }, { kind: "date", style: "long" }),
    fallback: fc.constantFrom(null, "x", { en: "x", fr: "y" }, {}),
  }),
  fc.constant({ from: "link", kind: "upload", validHours: 5 }),
);
const change = fc.constantFrom(
  { op: "set", attribute: "score", value: 5 },
  { op: "set", attribute: "__proto__", value: "x" },
  { op: "unset", attribute: "score" },
  { op: "increment", attribute: "score", by: 1e308 },
  { op: "add-tag", tag: "x" },
  { op: "remove-tag", tag: "x" },
);

const step = fc.oneof(
  fc.record({
    type: fc.constant("condition"),
    data: fc.record({ branches: fc.tuple(fc.record({ id: fc.constant("yes"), name: fc.constant("Yes"), rule })) }),
  }),
  fc.record({
    type: fc.constant("split"),
    data: fc.constant({
      experimentId: "x",
      arms: [
        { id: "a", name: "A", weight: 50 },
        { id: "b", name: "B", weight: 50 },
      ],
    }),
  }),
  fc.record({
    type: fc.constant("wait"),
    data: fc.oneof(
      fc.record({ mode: fc.constant("duration"), duration }),
      fc.constant({ mode: "local-time", time: "09:00" }),
      fc.record({ mode: fc.constant("date"), path, offsetHours: fc.integer({ min: -50, max: 50 }) }),
    ),
  }),
  fc.record({
    type: fc.constant("wait-until"),
    data: fc.record({
      sources: fc.tuple(
        fc.oneof(
          fc.record({ kind: fc.constant("event"), id: fc.constant("done"), event }),
          fc.constantFrom(
            { kind: "reply", id: "done" },
            { kind: "click", id: "done" },
            { kind: "status", id: "done", status: "delivered" },
          ),
        ),
      ),
      timeout: duration,
    }),
  }),
  fc.record({ type: fc.constant("go-to"), data: fc.record({ nodeId: id }) }),
  fc.record({ type: fc.constant("goal"), data: fc.constant({ name: "Won" }) }),
  fc.record({ type: fc.constant("exit"), data: fc.constant({ reason: "enough" }) }),
  fc.record({
    type: fc.constant("send"),
    data: fc.record({
      template: fc.constant("hello"),
      values: fc.dictionary(fc.constantFrom("n", "link.up"), binding),
    }),
  }),
  fc.record({
    type: fc.constant("update-contact"),
    data: fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 3 }) }),
  }),
  fc.record({ type: fc.constant("hand-off"), data: fc.constant({ queue: "q", priority: "normal" }) }),
  fc.record({
    type: fc.constant("webhook"),
    data: fc.constant({ method: "POST", url: "https://core.example", body: { n: "event.n" }, mapping: { n: "n" } }),
  }),
  // What a draft or an import may hold.
  fc.record({
    type: fc.constantFrom("send", "wait", "moon", "condition"),
    data: fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 })),
  }),
);

const settings = fc.record({
  goal: fc.option(fc.record({ event, windowHours: fc.integer({ min: 1, max: 500 }) }), { nil: null }),
  exitOn: fc.array(fc.record({ event, rule }), { maxLength: 1 }),
  enrollmentKey: fc.constantFrom(null, "event.n"),
});

const graph: fc.Arbitrary<Graph> = fc
  .record({
    steps: fc.array(fc.tuple(id, step), { maxLength: 8 }),
    edges: fc.array(fc.tuple(id, handle, id), { maxLength: 25 }),
    settings,
    hasTrigger: fc.constantFrom(true, true, true, false),
  })
  .map(({ steps, edges, settings, hasTrigger }) => ({
    schemaVersion: 1,
    nodes: [
      ...(hasTrigger ? [{ id: "t", type: "trigger-event", data: { event: "begin" } }] : []),
      ...steps.map(([nodeId, { type, data }]) => ({ id: nodeId, type, data: { ...data } })),
    ].map((node) => ({ ...node, position: { x: 0, y: 0 } })),
    edges: edges.map(([source, sourceHandle, target], index) => ({ id: `e${index}`, source, sourceHandle, target })),
    settings: FlowSettings.parse(settings),
  }));

const visit = fc.integer({ min: 0, max: 12 });
const signal: fc.Arbitrary<{ signal: Signal; after: number }> = fc.record({
  after: fc.constantFrom(0, 1, hour, 25 * hour, 200 * hour),
  signal: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Signal>({ kind: "timer" }) },
    fc.record({
      kind: fc.constant("event" as const),
      event: fc.record({
        id: fc.constant("e2"),
        name: event,
        properties: fc.record({ n: fc.constantFrom(1, 5, "x") }),
        at: fc.constantFrom(start, start + 30 * hour),
      }),
    }),
    fc.record({ kind: fc.constant("reply" as const), text: fc.string(), visit: fc.option(visit, { nil: null }) }),
    fc.record({
      kind: fc.constant("button" as const),
      buttonId: fc.constantFrom("x", "y"),
      text: fc.constant("X"),
      visit: fc.option(visit, { nil: null }),
    }),
    fc.record({ kind: fc.constant("click" as const), slot: fc.constant("link.up"), visit }),
    fc.record({
      kind: fc.constant("status" as const),
      visit,
      status: fc.constantFrom("sent", "delivered", "read", "failed", "blocked"),
      reason: fc.constant(null),
    }),
    fc.record({
      kind: fc.constant("webhook" as const),
      visit,
      ok: fc.boolean(),
      values: fc.dictionary(fc.constantFrom("n", "key", "__proto__"), fc.jsonValue({ maxDepth: 1 })),
    }) as fc.Arbitrary<Signal>,
    fc.record({ kind: fc.constant("hand-off" as const), visit, outcome: fc.constant("resolved" as const) }),
    fc.constant<Signal>({ kind: "start", event: { id: "e1", name: "begin", properties: {}, at: start } }),
  ),
});
const signals = fc.array(signal, { maxLength: 25 });

const person: fc.Arbitrary<ContactFacts> = fc.record({
  id: fc.string({ maxLength: 5 }),
  firstName: fc.option(fc.string(), { nil: null }),
  locale: fc.constantFrom(null, "fr_FR", "en", "?"),
  timezone: fc.constantFrom(null, "Africa/Dakar", "Asia/Kolkata", "Not/AZone"),
  attributes: fc.dictionary(
    fc.constantFrom("score", "due", "__proto__"),
    fc.jsonValue({ maxDepth: 1 }),
  ) as fc.Arbitrary<ContactFacts["attributes"]>,
  tags: fc.array(fc.constantFrom("x", "y"), { maxLength: 2 }),
});
const opening = fc.record({
  n: fc.constantFrom<string | number | null>(1, "x", null),
  due: fc.constantFrom("2026-11-23", "2030-01-01T00:00:00Z", "never", "2020-01-01"),
});

/** Every answer of the core along a life, the opening first. */
function live(
  drawn: Graph,
  contact: ContactFacts,
  properties: { n: string | number | null; due: string },
  inbox: { signal: Signal; after: number }[],
): Advanced[] {
  const flow = compile(drawn);
  const world = { flow, workspaceTimezone: "Europe/Paris" };
  let now = start;
  const answers = [
    enroll({ ...world, event: { id: "e1", name: "begin", properties, at: now }, contact, key: null, now }),
  ];
  for (const { signal, after } of inbox) {
    const last = answers.at(-1);
    if (!last) break;
    now += after;
    const wakeAt = last.enrollment.wait?.wakeAt;
    if (signal.kind === "timer" && typeof wakeAt === "number") now = Math.max(now, wakeAt);
    answers.push(advance({ ...world, enrollment: last.enrollment, signal, contact: last.contact, now }));
  }
  return answers;
}

const lives = <Checked>(check: (answers: Advanced[], drawn: Graph) => Checked, numRuns = 2_000): void =>
  fc.assert(
    fc.property(graph, person, opening, signals, (drawn, contact, properties, inbox) => {
      check(live(drawn, contact, properties, inbox), drawn);
    }),
    { numRuns },
  );

const standsSomewhere = ({ status, nodeId, endReason, wait }: EnrollmentState): boolean =>
  status === "waiting"
    ? nodeId !== null && endReason === null && wait !== null
    : nodeId === null && endReason !== null && wait === null;

test("whatever is drawn and whatever comes, a person waits somewhere or is out with a reason", () => {
  lives((answers) => expect(answers.every(({ enrollment }) => standsSomewhere(enrollment))).toBe(true));
});

test("nobody takes more steps than the limits allow", () => {
  lives((answers) => {
    const { visit, visitsByNode } = answers.at(-1)?.enrollment ?? { visit: 0, visitsByNode: {} };
    expect(visit).toBeLessThanOrEqual(graphLimits.stepsPerEnrollment);
    expect(Math.max(0, ...Object.values(visitsByNode))).toBeLessThanOrEqual(graphLimits.visitsPerNode);
  });
});

test("a visit is entered once, left at most once, and told in order", () => {
  lives((answers) => {
    const rows = answers.flatMap(({ trace }) => trace);
    const count = (kind: TraceRow["kind"]) =>
      Map.groupBy(
        rows.filter((row) => row.kind === kind),
        (row) => row.visit,
      );
    const entered = [...count("entered")].map(([visit, times]) => [visit, times.length]);
    expect(entered).toEqual(entered.map((_, index) => [index + 1, 1]));
    expect([...count("left").values()].filter((times) => times.length > 1)).toEqual([]);
    expect(rows.filter((row) => row.kind === "ended").length).toBeLessThanOrEqual(1);
    expect(rows.map((row) => row.visit)).toEqual(rows.map((row) => row.visit).sort((a, b) => a - b));
  });
});

test("every effect names a visit of its own kind, and a sent step is remembered", () => {
  lives((answers) => {
    const sends = answers.flatMap(({ effects }) => effects).filter(({ kind }) => kind === "send");
    expect(new Set(sends.map(({ visit }) => visit)).size).toBe(sends.length);
    expect(answers.at(-1)?.enrollment.sent.map(({ visit }) => visit)).toEqual(
      sends.slice(-10).map(({ visit }) => visit),
    );
  });
});

test("a signal that nobody waits for gives back the very same enrollment and says nothing", () => {
  lives((answers) => {
    for (const [index, { enrollment, effects, trace }] of answers.entries()) {
      const before = answers[index - 1]?.enrollment;
      if (before && JSON.stringify(before) === JSON.stringify(enrollment))
        expect([enrollment === before, effects, trace]).toEqual([true, [], []]);
    }
  });
});

test("after the end nothing moves any more: only a goal may still be counted, once", () => {
  lives((answers) => {
    const after = answers.slice(answers.findIndex(({ enrollment }) => enrollment.status === "ended"));
    if (after[0]?.enrollment.status !== "ended") return;
    const goal = { goalAt: null, goalEvent: null, goalValue: null };
    for (const { enrollment } of after)
      expect({ ...enrollment, ...goal }).toEqual({ ...after[0]?.enrollment, ...goal });
    expect(after.slice(1).flatMap(({ effects, trace }) => [...effects, ...trace])).toEqual([]);
  });
});

test("the same input gives the same bytes, also through the database", () => {
  fc.assert(
    fc.property(graph, person, opening, signals, (drawn, contact, properties, inbox) => {
      const stored = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
      const once = JSON.stringify(live(drawn, contact, properties, inbox));
      expect(JSON.stringify(live(stored(drawn), stored(contact), properties, stored(inbox)))).toBe(once);
    }),
    { numRuns: 1_000 },
  );
});

test("the input is left as it was", () => {
  fc.assert(
    fc.property(graph, person, opening, signals, (drawn, contact, properties, inbox) => {
      const before = JSON.stringify([drawn, contact, properties, inbox]);
      const first = live(drawn, contact, properties, [])[0];
      const state = JSON.stringify(first);
      live(drawn, contact, properties, inbox);
      expect([JSON.stringify([drawn, contact, properties, inbox]), JSON.stringify(first)]).toEqual([before, state]);
    }),
    { numRuns: 500 },
  );
});

test("validation is total, and what it calls runnable never breaks and never hits a limit before time has passed", () => {
  const catalog = {
    templates: [
      {
        name: "hello",
        category: "utility" as const,
        samples: {},
        languages: [
          {
            language: "en",
            status: "approved" as const,
            header: null,
            body: "Hello {{n}}, welcome.",
            footer: null,
            buttons: [{ kind: "quick-reply" as const, id: "x", text: "X" }],
          },
        ],
      },
    ],
  };
  let runnable = 0;
  fc.assert(
    fc.property(graph, person, opening, (drawn, contact, properties) => {
      if (!isRunnable(validate(drawn, catalog))) return;
      runnable += 1;
      const [first] = live(drawn, contact, properties, []);
      expect(["broken-step", "limit"]).not.toContain(first?.enrollment.endReason);
    }),
    { numRuns: 4_000 },
  );
  expect(runnable).toBeGreaterThan(10);
});
