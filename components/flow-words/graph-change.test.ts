import { expect, test } from "vitest";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { graphChange } from "./graph-change.ts";

const step = (id: string, data: Record<string, unknown> = {}, x = 0) => ({
  id,
  type: "wait",
  position: { x, y: 0 },
  data,
});
const graph = (nodes: Graph["nodes"], edges: Graph["edges"] = []): Graph => ({ ...emptyGraph(), nodes, edges });

test("says which steps came, went and changed, and in which settings", () => {
  const before = graph([step("a", { mode: "duration", amount: 1 }), step("b")]);
  const after = graph([step("a", { mode: "duration", amount: 2 }), step("c")]);
  const change = graphChange(before, after);
  expect(change.added.map((node) => node.id)).toEqual(["c"]);
  expect(change.removed.map((node) => node.id)).toEqual(["b"]);
  expect(change.changed.map(({ node, fields }) => [node.id, fields])).toEqual([["a", ["amount"]]]);
});

test.each([
  ["a moved step", graph([step("a", { x: 1 }, 500)]), []],
  ["keys in another order", graph([step("a", { x: 1 })]), []],
  ["another title", graph([{ ...step("a", { x: 1 }), title: "Mine" }]), ["title"]],
])("%s", (_, after, fields) =>
  expect(graphChange(graph([step("a", { x: 1 })]), after).changed.flatMap((one) => one.fields)).toEqual(fields),
);

test("says which connections came and went, whatever their ids", () => {
  const way = (id: string, source: string, target: string) => ({ id, source, sourceHandle: "next", target });
  const steps = [step("a"), step("b"), step("c")];
  const before = graph(steps, [way("1", "a", "b"), way("2", "b", "c")]);
  const after = graph(steps, [way("7", "a", "b"), way("3", "a", "c")]);
  const { added, removed } = graphChange(before, after).connections;
  expect([added, removed].map((edges) => edges.map((edge) => edge.id))).toEqual([["3"], ["2"]]);
});

test("names changed settings of the flow", () => {
  const after = { ...emptyGraph(), settings: { ...emptyGraph().settings, purpose: "marketing" as const } };
  expect(graphChange(emptyGraph(), after).settings).toEqual(["purpose"]);
});

test("says which notes and groups came, went and changed; where a note stands and whether a group is folded is no change", () => {
  const note = (id: string, text: string, x = 0) => ({
    ...{ id, text, colour: "amber" as const, author: "Awa" },
    position: { x, y: 0 },
  });
  const group = (id: string, steps: string[], isCollapsed = false) => ({
    ...{ id, name: "Reminders", colour: "blue" as const },
    ...{ steps, isCollapsed },
  });
  const before = { ...graph([]), notes: [note("n1", "Ask"), note("n2", "Old")], groups: [group("g1", ["a", "b"])] };
  const after = {
    ...graph([]),
    notes: [note("n1", "Ask again", 50), note("n3", "New")],
    groups: [group("g1", ["b", "a"], true), group("g2", ["c"])],
  };
  const { added, removed, changed } = graphChange(before, after).aids;
  expect(added.map(({ id }) => id)).toEqual(["n3", "g2"]);
  expect(removed.map(({ id }) => id)).toEqual(["n2"]);
  expect(changed.map(({ aid, fields }) => [aid.id, fields])).toEqual([["n1", ["text"]]]);
});
