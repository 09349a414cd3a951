import { expect, test } from "vitest";
import { emptyGraph, type Graph } from "./graph.ts";
import { settleExperiment } from "./settle-experiment.ts";

const at = { x: 0, y: 0 };
const node = (id: string, type: string, data: Record<string, unknown> = {}) => ({ id, type, position: at, data });
const edge = (text: string) => {
  const [source = "", sourceHandle = "", target = ""] = text.split(" ");
  return { id: text, source, sourceHandle, target };
};
const arms = ["a", "b"].map((id) => ({ id, name: id, weight: 50 }));

const graph: Graph = {
  ...emptyGraph(),
  nodes: [
    node("start", "trigger-event", { event: "go", rule: { all: [] } }),
    node("split", "split", { experimentId: "words", arms }),
    node("one", "wait", { mode: "duration", duration: { amount: 1, unit: "hours" } }),
    node("two", "wait", { mode: "duration", duration: { amount: 2, unit: "hours" } }),
    node("only-one", "exit", { reason: "one" }),
    node("both", "exit", { reason: "both" }),
    node("stranded", "exit", { reason: "nobody ever" }),
  ],
  edges: ["start next split", "split a one", "split b two", "one next only-one", "two next both"].map(edge),
  groups: [{ id: "g", name: "Words", colour: "grey", steps: ["split", "one", "two"] }],
};

const settle = (arm: string, drawn = graph, key = "words") => settleExperiment(drawn, { key, arm });

test("everybody goes on by the winner's way; what only the others led to is gone", () => {
  const settled = settle("b");
  expect(settled.nodes.map(({ id }) => id)).toEqual(["start", "two", "both", "stranded"]);
  expect(settled.edges.map(({ source, target }) => `${source} ${target}`)).toEqual(["start two", "two both"]);
  expect(settled.groups?.[0]?.steps).toEqual(["two"]);
});

test("a step that both arms lead to stays", () => {
  const joined = {
    ...graph,
    edges: [...graph.edges, edge("one next both")].filter(({ id }) => id !== "one next only-one"),
  };
  expect(settle("a", joined).nodes.map(({ id }) => id)).toEqual(
    ["start", "one", "both", "only-one", "stranded"].toSorted(order(joined)),
  );
});

const order = (drawn: Graph) => (x: string, y: string) =>
  drawn.nodes.findIndex(({ id }) => id === x) - drawn.nodes.findIndex(({ id }) => id === y);

test("an arm that leads nowhere leaves the way before it open", () => {
  const open = { ...graph, edges: graph.edges.filter(({ id }) => id !== "split a one") };
  expect(settle("a", open).edges).toEqual([edge("one next only-one")]);
});

test("another experiment, or none, changes nothing", () => {
  expect(settle("a", graph, "other")).toBe(graph);
  expect(settle("a", emptyGraph())).toEqual(emptyGraph());
});

test("a flow's holdout ends and nothing else", () => {
  const held: Graph = { ...graph, settings: { ...graph.settings, holdout: { percent: 5, salt: "spring" } } };
  const settled = settle("next", held, "spring");
  expect(settled.settings.holdout).toBeNull();
  expect(settled.nodes).toBe(held.nodes);
});
