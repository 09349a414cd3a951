import { expect, test } from "vitest";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { overlayGraphs } from "./overlay-graphs.ts";

const step = (id: string, x: number, y: number, data: Record<string, unknown> = {}) => ({
  id,
  type: "wait",
  position: { x, y },
  data,
});
const way = (source: string, target: string) => ({
  id: `${source}${target}`,
  source,
  sourceHandle: "next",
  target,
});
const graph = (nodes: Graph["nodes"], edges: Graph["edges"]): Graph => ({ ...emptyGraph(), nodes, edges });

const before = graph([step("a", 0, 0), step("b", 0, 200), step("c", 0, 400)], [way("a", "b"), way("b", "c")]);

test("what came, went and changed is drawn as such; what went stands where it stood", () => {
  const after = graph([step("a", 0, 0, { amount: 2 }), step("c", 0, 400), step("d", 0, 600)], [way("a", "c")]);
  const { steps, edges } = overlayGraphs(before, after);
  expect(steps.map(({ node, kind, at }) => [node.id, kind, at.x, at.y])).toEqual([
    ["a", "changed", 0, 0],
    ["c", "same", 0, 400],
    ["d", "added", 0, 600],
    ["b", "removed", 0, 200],
  ]);
  expect(edges.map(({ edge, kind }) => [edge.id, kind])).toEqual([
    ["ac", "added"],
    ["ab", "removed"],
    ["bc", "removed"],
  ]);
});

test("a ghost never lies under a card: it moves beside it, past what stands there, too", () => {
  const after = graph([step("a", 0, 0), step("c", 0, 210), step("d", 300, 190)], []);
  expect(overlayGraphs(before, after).steps.find(({ node }) => node.id === "b")?.at).toEqual({ x: 616, y: 200 });
});

test("equal graphs have nothing but what stays", () => {
  const { steps, edges } = overlayGraphs(before, before);
  expect(new Set([...steps, ...edges].map(({ kind }) => kind))).toEqual(new Set(["same"]));
});

test("notes and groups of both graphs are drawn, each with what became of it", () => {
  const note = (id: string, text: string) => ({
    ...{ id, text, colour: "amber" as const, author: "Awa" },
    position: { x: 0, y: 0 },
  });
  const group = (id: string, name: string) => ({ id, name, colour: "blue" as const, steps: ["a"] });
  const { notes, groups } = overlayGraphs(
    { ...before, notes: [note("old", "Gone"), note("kept", "Same")], groups: [group("g", "First")] },
    { ...before, notes: [note("kept", "Same"), note("new", "Here")], groups: [group("g", "Second")] },
  );
  expect(notes.map((one) => [one.note.id, one.kind])).toEqual([
    ["kept", "same"],
    ["new", "added"],
    ["old", "removed"],
  ]);
  expect(groups.map((one) => [one.group.name, one.kind])).toEqual([["Second", "changed"]]);
});

test("a line that went and one that came from the same way out run side by side", () => {
  const after = graph([step("a", 0, 0), step("b", 0, 200), step("c", 0, 400)], [way("a", "c"), way("b", "c")]);
  expect(overlayGraphs(before, after).edges.map(({ edge, kind, shift }) => [edge.id, kind, shift])).toEqual([
    ["ac", "added", 4.5],
    ["bc", "same", 0],
    ["ab", "removed", -4.5],
  ]);
});
