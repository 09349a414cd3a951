import fc from "fast-check";
import type { ContactFacts } from "../contact.ts";
import { FlowSettings, type Graph, type GraphNode } from "../graph.ts";
import type { Json } from "../json.ts";
import type { Rule } from "../rule.ts";
import { createSimulation, step } from "../simulate.ts";
import type { Action } from "../simulation/action.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { Catalog, TemplateInfo } from "../template.ts";

/** Flows that can run, people, what happens to them, and runs of the one with the other: for tests of what is proven of a flow. */

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 22, 12);

const template = (name: string, category: TemplateInfo["category"]): TemplateInfo => ({
  name,
  category,
  samples: {},
  languages: [
    {
      language: "en",
      status: "approved",
      header: null,
      body: "Hello {{a}}, welcome to us.",
      footer: null,
      buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
    },
  ],
});

export const catalog: Catalog = {
  templates: [template("cheap", "utility"), template("dear", "marketing")],
  quietMs: 11 * hour,
  prices: [
    { market: "X", category: "utility", currency: "USD", amountMicros: 1_000 },
    { market: "X", category: "service", currency: "USD", amountMicros: 300 },
    { market: "X", category: "marketing", currency: "USD", amountMicros: 7_000 },
  ],
};

const paths = [
  "event.n",
  "event.due",
  "contact.score",
  "contact.tier",
  "contact.tags",
  "contact.firstName",
  "enrollment.answer",
  "enrollment.reply",
  "time.now",
];
const values = [
  0,
  3,
  5,
  8,
  "gold",
  "x",
  "Help",
  true,
  null,
  "2026-11-23T00:00:00Z",
  "2026-12-01T00:00:00Z",
  ["x", 3],
  [5, 8, "gold"],
];
const test = fc.record({
  path: fc.constantFrom(...paths),
  op: fc.constantFrom(
    "eq",
    "neq",
    "gt",
    "gte",
    "lt",
    "lte",
    "contains",
    "startsWith",
    "in",
    "notIn",
    "exists",
    "notExists",
  ),
  value: fc.constantFrom(...values),
});
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    test as fc.Arbitrary<Rule>,
    fc.record({ all: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ none: fc.array(tie("rule"), { maxLength: 2 }) }),
  ),
}));

const duration = fc.constantFrom(
  { amount: 1, unit: "hours" },
  { amount: 11, unit: "hours" },
  { amount: 1, unit: "days" },
  { amount: 30, unit: "hours" },
);
const binding = fc.record({
  from: fc.constant("path"),
  path: fc.constantFrom("contact.score", "contact.firstName", "enrollment.answer", "enrollment.reply"),
  fallback: fc.constantFrom(null, null, "you"),
});
const change = fc.constantFrom(
  { op: "set", attribute: "score", value: 5 },
  { op: "set", attribute: "tier", value: "gold" },
  { op: "set", attribute: "firstName", value: "no" },
  { op: "unset", attribute: "score" },
  { op: "increment", attribute: "score", by: 3 },
  { op: "add-tag", tag: "x" },
  { op: "remove-tag", tag: "x" },
);
const source = fc.constantFrom(
  { kind: "event", id: "done", event: "paid" },
  { kind: "reply", id: "done" },
  { kind: "click", id: "done" },
  { kind: "status", id: "done", status: "delivered" },
);

export const free = binding.map((value) => ({
  type: "free-message",
  data: {
    contents: [{ language: "en", body: "Hello {{a}}", buttons: [{ kind: "quick-reply", id: "help", text: "Help" }] }],
    values: { a: value },
    answerWithin: { amount: 5, unit: "hours" },
  },
  handles: ["next", "button:help", "replied", "read", "timeout"],
}));

/** Settings of a step, and the ways out that may be drawn. */
const drawnStep = (ids: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.array(rule, { minLength: 1, maxLength: 3 }).map((rules) => ({
      type: "condition",
      data: { branches: rules.map((one, index) => ({ id: `b${index}`, name: `B${index}`, rule: one })) },
      handles: [...rules.map((_, index) => `b${index}`), "else"],
    })),
    fc.constant({
      type: "split",
      data: {
        experimentId: "x",
        arms: [
          { id: "a", name: "A", weight: 50 },
          { id: "b", name: "B", weight: 50 },
        ],
      },
      handles: ["a", "b"],
    }),
    fc
      .oneof(
        fc.record({ mode: fc.constant("duration"), duration }),
        fc.constant({ mode: "local-time", time: "09:00" }),
        fc.record({ mode: fc.constant("date"), path: fc.constantFrom("event.due", "contact.tier") }),
      )
      .map((data) => ({ type: "wait", data, handles: ["next"] })),
    fc
      .record({ sources: fc.tuple(source), timeout: duration })
      .map((data) => ({ type: "wait-until", data, handles: ["done", "timeout"] })),
    ids.map((nodeId) => ({ type: "go-to", data: { nodeId }, handles: [] })),
    fc.constant({ type: "goal", data: { name: "Won" }, handles: [] }),
    {
      weight: 3,
      arbitrary: fc
        .record({ template: fc.constantFrom("cheap", "dear"), values: fc.record({ a: binding }) })
        .map((data) => ({
          type: "send",
          data,
          handles: ["next", "next", "button:help", "replied", "failed", "blocked", "delivered"],
        })),
    },
    free,
    fc
      .array(change, { minLength: 1, maxLength: 2 })
      .map((changes) => ({ type: "update-contact", data: { changes }, handles: ["next"] })),
    fc.constant({
      type: "hand-off",
      data: { queue: "q", priority: "normal", timeout: { amount: 3, unit: "hours" } },
      handles: ["resolved", "timeout"],
    }),
    fc.constantFrom("at-end", "at-once").map((goesOn) => ({
      type: "run-flow",
      data: { flow: "0190e2a4-0000-7000-8000-000000000001", goesOn, timeout: { amount: 5, unit: "hours" } },
      handles: goesOn === "at-end" ? ["done", "exited", "timeout", "not-started"] : ["next", "not-started"],
    })),
    fc.constant({
      type: "throttle",
      data: { people: 1, per: "hour", timeout: { amount: 5, unit: "hours" } },
      handles: ["next", "timeout"],
    }),
    fc.constant({
      type: "webhook",
      data: { method: "POST", url: "https://core.example", mapping: { answer: "answer" } },
      handles: ["ok", "failed"],
    }),
  );

const size = 8;
const nodeId = fc.integer({ min: 0, max: size - 1 }).map((index) => `n${index}`);

/** Mostly forward, so that runs get somewhere; sometimes back. */
export const graphs: fc.Arbitrary<Graph> = fc
  .record({
    steps: fc.array(drawnStep(nodeId), { minLength: 2, maxLength: size }),
    leads: fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 9 })), {
      minLength: 60,
      maxLength: 60,
    }),
    opening: fc.oneof(fc.constant<Rule>({ all: [] }), rule),
    goal: fc.constantFrom(null, null, { event: "won", windowHours: 30 }),
  })
  .map(({ steps, leads, opening, goal }) => {
    const nodes: GraphNode[] = steps.map(({ type, data }, index) => ({
      id: `n${index}`,
      type,
      data,
      position: { x: 0, y: 0 },
    }));
    let next = 0;
    const edges = steps.flatMap(({ handles }, index) =>
      [...new Set(handles)].flatMap((sourceHandle) => {
        const [ahead, chance] = leads[next++ % leads.length] ?? [1, 0];
        const target = chance < 2 ? (index * 7 + ahead) % steps.length : index + ahead;
        if (target >= steps.length || target === index || chance === 9) return [];
        return [{ id: `n${index}.${sourceHandle}`, source: `n${index}`, sourceHandle, target: `n${target}` }];
      }),
    );
    return {
      schemaVersion: 1,
      nodes: [
        { id: "t", type: "trigger-event", data: { event: "begin", rule: opening }, position: { x: 0, y: 0 } },
        ...nodes,
      ],
      edges: [{ id: "t.next", source: "t", sourceHandle: "next", target: "n0" }, ...edges],
      settings: FlowSettings.parse({ goal, purpose: "marketing", reEntry: { mode: "never" } }),
    };
  });

export const people: fc.Arbitrary<ContactFacts> = fc.record({
  id: fc.constantFrom("p1", "p2", "p3"),
  firstName: fc.constantFrom(null, "Awa"),
  locale: fc.constant("en"),
  timezone: fc.constant("UTC"),
  attributes: fc.dictionary(
    fc.constantFrom("score", "tier"),
    fc.constantFrom<string | number | boolean>(0, 3, 5, 8, "gold", "x", true),
  ),
  tags: fc.subarray(["x", "y"]),
});

export const openings = fc.record(
  {
    n: fc.constantFrom<string | number | null>(0, 3, 5, 8, "gold", null),
    due: fc.constantFrom("2026-11-23T00:00:00Z", "2026-11-20", "never"),
  },
  { requiredKeys: [] },
);

type Move = Action | { kind: "tap-any"; which: number };

export const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<Move>({ kind: "skip" }) },
    fc
      .constantFrom(hour / 2, hour, 13 * hour, 26 * hour)
      .map((milliseconds): Move => ({ kind: "advance", milliseconds })),
    fc.constantFrom("paid", "won", "begin").map((name): Move => ({ kind: "event", name, properties: { n: 3 } })),
    { weight: 2, arbitrary: fc.nat({ max: 5 }).map((which): Move => ({ kind: "tap-any", which })) },
    fc.constantFrom("gold", "hello").map((text): Move => ({ kind: "reply", text })),
    fc.constantFrom("provider-down" as const, "undelivered" as const).map((fault): Move => ({ kind: "inject", fault })),
    fc.constantFrom("flow-paused" as const, "no-turn" as const).map((fault): Move => ({ kind: "inject", fault })),
    fc.constant<Move>({ kind: "resolve-hand-off" }),
    fc.constantFrom("done" as const, "exited" as const).map((outcome): Move => ({ kind: "end-flow", outcome })),
  ),
  { maxLength: 14 },
);

export const answers = fc.record({ ok: fc.boolean(), answer: fc.constantFrom(0, 5, "gold", true) });

export type Life = {
  contact: ContactFacts;
  opening: object;
  moves: Move[];
  answer: { ok: boolean; answer: string | number | boolean };
};

export const lives: fc.Arbitrary<Life> = fc.record({ contact: people, opening: openings, moves, answer: answers });

/** Every world along a life, the one before the entering event first. */
export function live(graph: Graph, { contact, opening, moves, answer }: Life): Simulation[] {
  const { ok } = answer;
  const body: Json = ok ? { answer: answer.answer } : {};
  const webhookAnswers = Object.fromEntries(graph.nodes.map(({ id }) => [id, { ok, body }]));
  const begin = createSimulation({
    graph,
    catalog,
    contact,
    workspaceTimezone: "UTC",
    startAt: start,
    gate: { capPerDay: 1_000 },
    webhookAnswers,
  });
  const worlds = [begin, step(begin, { kind: "event", name: "begin", properties: { ...opening } })];
  for (const move of moves) {
    const last = worlds.at(-1);
    if (!last) break;
    worlds.push(step(last, move.kind === "tap-any" ? tapOf(last, move.which) : move));
  }
  return worlds;
}

function tapOf(sim: Simulation, which: number): Action {
  const sent = sim.messages.filter(
    ({ direction, status }) => direction === "outbound" && (status === "delivered" || status === "read"),
  );
  const message = sent[which % Math.max(1, sent.length)];
  return message ? { kind: "tap", messageId: message.id, buttonId: "help" } : { kind: "skip" };
}
