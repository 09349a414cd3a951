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
