import { describe, expect, test } from "vitest";
import { FlowSettings, type Graph, type GraphEdge, type GraphNode } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { createEditorStore } from "./editor-store.ts";

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

const catalog: Catalog = {
  capPerDay: 3,
  templates: [
    {
      name: "offer",
      category: "marketing",
      samples: {},
      languages: [
        {
          language: "en",
          status: "approved",
          header: null,
          body: "Hello, we have an offer for you.",
          footer: null,
          buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
        },
      ],
    },
  ],
};

const start = node("start", "trigger-event", { event: "begin" });
const send = node("hi", "send", { template: "offer", values: {} });
const goal = node("goal", "goal", { name: "Won" });
const days = (amount: number) => ({ mode: "duration", duration: { amount, unit: "days" } });
const marketing = { purpose: "marketing" };
const branch = (id: string, op: string, value: number) => ({ id, name: id, rule: { path: "event.n", op, value } });

const draw = (nodes: GraphNode[], edges: GraphEdge[], settings: object = marketing): Graph => ({
  schemaVersion: 1,
  nodes: [start, ...nodes],
  edges,
  settings: FlowSettings.parse(settings),
});

const open = (graph: Graph) => {
  let count = 0;
  const seed = { graph, name: "Flow", catalog, canEdit: true, revision: 1, savedAt: 0 };
  return createEditorStore(
    seed,
    () => `id-${++count}`,
    () => 0,
  );
};

const toGoal = [edge("start", "next", "hi"), edge("hi", "next", "goal")];

describe("one click does away with", () => {
  test.each<[string, Graph]>([
    ["two-triggers", draw([{ ...start, id: "second" }], [])],
    ["unreachable-step", draw([send, goal, node("lost", "exit")], toGoal)],
    ["dangling-edge", draw([send], [edge("start", "next", "hi"), edge("hi", "next", "gone")])],
    ["two-edges-on-one-handle", draw([send, goal], [...toGoal, edge("start", "next", "goal")])],
    ["unknown-handle", draw([send, goal], [...toGoal, edge("hi", "button:gone", "goal")])],
    ["self-loop", draw([send, goal], [...toGoal, edge("hi", "replied", "hi")])],
    ["unknown-node-type", draw([node("x", "teleport")], [edge("start", "next", "x")])],
    [
      "cycle-without-wait",
      draw(
        [send, node("back", "go-to", { nodeId: "hi" })],
        [toGoal[0] ?? edge("", "", ""), edge("hi", "next", "back")],
      ),
    ],
    ["unknown-go-to", draw([node("j", "go-to", { nodeId: "gone" })], [edge("start", "next", "j")])],
    [
      "weights-add-up",
      draw(
        [
          node("s", "split", {
            experimentId: "x",
            arms: [
              { id: "a", name: "A", weight: 90 },
              { id: "b", name: "B", weight: 30 },
            ],
          }),
        ],
        [edge("start", "next", "s")],
      ),
    ],
    ["marketing-template", draw([send, goal], toGoal, { purpose: "service" })],
    ["open-button", draw([send, goal], toGoal)],
    ["no-human-exit", draw([send, goal], toGoal)],
    ["open-way", draw([node("c", "condition", { branches: [branch("a", "gt", 5)] })], [edge("start", "next", "c")])],
    [
      "branch-hidden",
      draw(
        [node("c", "condition", { branches: [branch("a", "gt", 5), branch("b", "gt", 7)] })],
        [edge("start", "next", "c")],
      ),
    ],
    [
      "branch-contradicts-itself",
      draw(
        [
          node("c", "condition", {
            branches: [
              branch("a", "gt", 5),
              { id: "b", name: "b", rule: { all: [branch("b", "gt", 3).rule, branch("b", "lt", 2).rule] } },
            ],
          }),
          goal,
        ],
        [edge("start", "next", "c"), edge("c", "b", "goal")],
      ),
    ],
    [
      "wait-outlives-goal",
      draw([node("w", "wait", days(3)), goal], [edge("start", "next", "w"), edge("w", "next", "goal")], {
        goal: { event: "won", windowHours: 24 },
      }),
    ],
    ["every-event-enters", draw([send, goal], toGoal, { ...marketing, reEntry: { mode: "every-event" } })],
  ])("%s, and one undo brings it back", (rule, graph) => {
    const store = open(graph);
    const found = () => store.getState().problems.filter((problem) => problem.rule === rule);
    const [problem] = found();
    if (!problem?.fix) throw new Error(`No fix for ${JSON.stringify(store.getState().problems)}`);
    const before = found().length;
    store.actions.applyFix(problem.fix);
    expect(found().length).toBeLessThan(before);
    store.actions.undo();
    expect(store.getState().graph).toEqual(graph);
    expect(found().length).toBe(before);
  });
});
