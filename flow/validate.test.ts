import { describe, expect, test } from "vitest";
import { FlowSettings, type Graph, type GraphEdge, type GraphNode } from "./graph.ts";
import type { Problem } from "./prove/problem.ts";
import type { Catalog, TemplateInfo } from "./template.ts";
import { isRunnable, validate } from "./validate.ts";

const node = (id: string, type: string, data: Record<string, unknown> = {}): GraphNode => ({
  id,
  type,
  data,
  position: { x: 0, y: 0 },
});
const edge = (source: string, sourceHandle: string, target: string): GraphEdge => ({
  id: `${source}.${sourceHandle}>${target}`,
  source,
  sourceHandle,
  target,
});

const start = node("start", "trigger-event", { event: "begin" });
const send = (id: string, values: object = { name: { from: "path", path: "contact.firstName", fallback: "you" } }) =>
  node(id, "send", { template: "hello", values });
const wait = (id: string) => node(id, "wait", { mode: "duration", duration: { amount: 1, unit: "days" } });
const goal = node("goal", "goal", { name: "Done" });
const agent = node("agent", "hand-off", { queue: "Support", priority: "normal" });

const hello: TemplateInfo = {
  name: "hello",
  category: "utility",
  samples: {},
  languages: [
    {
      language: "en",
      status: "approved",
      header: null,
      body: "Hello {{name}}, welcome to us.",
      footer: null,
      buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
    },
  ],
};
const catalog: Catalog = { templates: [hello] };

const draw = (nodes: GraphNode[], edges: GraphEdge[], settings = {}): Graph => ({
  schemaVersion: 1,
  nodes,
  edges,
  settings: FlowSettings.parse(settings),
});
const sound = (change: { nodes?: GraphNode[]; edges?: GraphEdge[]; settings?: object } = {}) =>
  draw(
    [start, send("hi"), goal, agent, ...(change.nodes ?? [])],
    [
      edge("start", "next", "hi"),
      edge("hi", "next", "goal"),
      edge("hi", "button:help", "agent"),
      ...(change.edges ?? []),
    ],
    change.settings,
  );
const find = (graph: Graph, rule: string, known = catalog): Problem | undefined =>
  validate(graph, known).find((problem) => problem.rule === rule);

test("a sound flow has no findings", () => expect(validate(sound(), catalog)).toEqual([]));

test("an empty canvas lacks a start, and nothing else is said", () =>
  expect(validate(draw([], []), catalog).map(({ rule }) => rule)).toEqual(["no-trigger"]));

const withTemplate = (change: Partial<TemplateInfo>): Catalog => ({ templates: [{ ...hello, ...change }] });
const aside = (extra: GraphNode, settings = {}) =>
  draw([start, extra, goal, agent], [edge("start", "next", extra.id)], settings);

test.each<[string, Graph, Partial<Problem>, Catalog?]>([
  ["no-trigger", draw([wait("w")], []), { nodeId: null }],
  ["two-triggers", sound({ nodes: [{ ...start, id: "second" }] }), { nodeId: "second" }],
  ["duplicate-node", sound({ nodes: [wait("hi")] }), { nodeId: "hi" }],
  ["dangling-edge", sound({ edges: [edge("goal", "next", "gone")] }), { edgeId: "goal.next>gone", nodeId: "goal" }],
  [
    "two-edges-on-one-handle",
    sound({ edges: [edge("start", "next", "goal")] }),
    { nodeId: "start", values: { handle: "next" } },
  ],
  [
    "unknown-handle",
    sound({ edges: [edge("hi", "button:gone", "goal")] }),
    { nodeId: "hi", edgeId: "hi.button:gone>goal" },
  ],
  ["self-loop", sound({ edges: [edge("hi", "replied", "hi")] }), { nodeId: "hi" }],
  ["edge-into-trigger", sound({ edges: [edge("hi", "replied", "start")] }), { nodeId: "hi" }],
  [
    "unknown-node-type",
    sound({ nodes: [node("x", "teleport")], edges: [edge("hi", "replied", "x")] }),
    { nodeId: "x", values: { type: "teleport" }, path: ["start", "hi", "x"] },
  ],
  ["bad-config", aside(node("w", "wait", { mode: "local-time", time: "25:00" })), { nodeId: "w", field: "time" }],
  ["missing-setting", aside(node("g", "goal", { name: "" })), { nodeId: "g", field: "name" }],
  ["unreachable-step", sound({ nodes: [wait("lost")] }), { nodeId: "lost", severity: "error" }],
  ["unknown-go-to", aside(node("j", "go-to", { nodeId: "gone" })), { nodeId: "j", field: "nodeId" }],
  [
    "branch-ids-differ",
    aside(node("c", "condition", { branches: ["A", "B"].map((name) => ({ id: "same", name, rule: { all: [] } })) })),
    { nodeId: "c" },
  ],
  [
    "weights-add-up",
    aside(
      node("s", "split", {
        experimentId: "x",
        arms: [
          { id: "a", name: "A", weight: 50 },
          { id: "b", name: "B", weight: 49 },
        ],
      }),
    ),
    { nodeId: "s", field: "arms" },
  ],
  ["unknown-template", sound(), { nodeId: "hi", values: { template: "hello" } }, { templates: [] }],
  [
    "template-not-approved",
    sound(),
    { nodeId: "hi" },
    withTemplate({ languages: hello.languages.map((language) => ({ ...language, status: "submitted" })) }),
  ],
  ["marketing-template", sound(), { nodeId: "hi", severity: "error" }, withTemplate({ category: "marketing" })],
  [
    "buttons-differ",
    sound(),
    { nodeId: "hi" },
    withTemplate({
      languages: hello.languages.flatMap((language) => [language, { ...language, language: "fr", buttons: [] }]),
    }),
  ],
  ["missing-variable", aside(send("s", {})), { nodeId: "s", values: { variable: "name" } }],
  [
    "wrong-binding",
    aside(send("s", { name: { from: "link", kind: "upload", validHours: 1 } })),
    { values: { variable: "name" } },
  ],
  ["no-fallback", aside(send("s", { name: { from: "path", path: "contact.firstName" } })), { severity: "warning" }],
  [
    "value-never-kept",
    aside(send("s", { name: { from: "path", path: "enrollment.offer", fallback: { en: " " } } })),
    { severity: "error", values: { variable: "name", path: "enrollment.offer" } },
  ],
  ["open-button", aside(send("s")), { severity: "warning", values: { button: "Help" } }],
  [
    "no-human-exit",
    draw([start, send("hi"), goal], [edge("start", "next", "hi"), edge("hi", "next", "goal")]),
    { severity: "warning", nodeId: null },
  ],
  [
    "no-goal",
    draw([start, send("hi"), agent], [edge("start", "next", "hi"), edge("hi", "next", "agent")]),
    { severity: "warning" },
  ],
])("%s", (rule, graph, expected, known) => expect(find(graph, rule, known)).toMatchObject({ rule, ...expected }));

test("501 steps are one too many", () => {
  const many = Array.from({ length: 500 }, (_, index) => wait(`w${index}`));
  expect(find(draw([start, ...many], []), "too-many-nodes")).toMatchObject({ values: { count: 501, limit: 500 } });
});

test("what the event must bring needs no fallback, nor does a fallback by language a second one", () => {
  for (const name of [
    { from: "path", path: "event.name" },
    { from: "path", path: "contact.firstName", fallback: { en: "there", fr: "cher client" } },
  ])
    expect(find(aside(send("s", { name })), "no-fallback")).toBeUndefined();
});

test("a marketing template is at home in a marketing flow", () =>
  expect(
    find(sound({ settings: { purpose: "marketing" } }), "marketing-template", withTemplate({ category: "marketing" })),
  ).toBeUndefined());

describe("endless loops", () => {
  const loop = (between: GraphNode, handle: string, back = edge(between.id, handle, "a")) =>
    find(
      draw([start, send("a"), between, goal, agent], [edge("start", "next", "a"), edge("a", "next", between.id), back]),
      "cycle-without-wait",
    );

  test("are shown with their steps", () =>
    expect(loop(send("b"), "next")).toMatchObject({ severity: "error", path: ["a", "b"] }));
  test("with a wait are none", () => expect(loop(wait("b"), "next")).toBeUndefined());
  test("with a wait for a date that may be past are", () =>
    expect(loop(node("b", "wait", { mode: "date", path: "event.due" }), "next")).toBeDefined());
  test("through a person's tap are none", () => expect(loop(send("b"), "button:help")).toBeUndefined());
  test("through a failed message are: it fails at once, again and again", () =>
    expect(loop(send("b"), "failed")).toBeDefined());
  test("through a webhook are", () =>
    expect(loop(node("b", "webhook", { method: "GET", url: "https://core.example" }), "failed")).toBeDefined());

  test("by a go-to are found as well", () => {
    const graph = draw(
      [start, send("a"), node("j", "go-to", { nodeId: "a" })],
      [edge("start", "next", "a"), edge("a", "next", "j")],
    );
    expect(find(graph, "cycle-without-wait")?.path).toEqual(["a", "j"]);
  });
});

test("warnings do not hold publishing back, errors do", () => {
  expect(isRunnable(validate(aside(send("s")), catalog).filter(({ rule }) => rule !== "unreachable-step"))).toBe(true);
  expect(isRunnable(validate(draw([], []), catalog))).toBe(false);
});

test("a line of 500 steps is judged in a blink", () => {
  const line = Array.from({ length: 499 }, (_, index) => send(`s${index}`));
  const edges = line.map(({ id }, index) => edge(index === 0 ? "start" : `s${index - 1}`, "next", id));
  const graph = draw([start, ...line], edges);
  expect(find(graph, "no-goal")?.rule).toBe("no-goal");
  // Of this process alone: the clock on the wall tells how busy the machine is. bench/prove.ts measures closely.
  const began = process.cpuUsage();
  find(graph, "no-goal");
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});

test("settings too deep to walk through are a finding, not a crash", () => {
  let deep: unknown = { all: [] };
  for (let depth = 0; depth < 20_000; depth += 1) deep = { all: [deep] };
  expect(
    find(aside(node("c", "condition", { branches: [{ id: "a", name: "A", rule: deep }] })), "bad-config"),
  ).toBeDefined();
});
