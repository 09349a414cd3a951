import { describe, expect, test } from "vitest";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { mergeDrafts } from "./merge-drafts.ts";

const step = (id: string, amount = 1, x = 0) => ({ id, type: "wait", position: { x, y: 0 }, data: { amount } });
const way = (source: string, target: string, id = `${source}${target}`) => ({
  id,
  source,
  sourceHandle: "next",
  target,
});
const draft = (nodes: Graph["nodes"], edges: Graph["edges"] = [], rest: Partial<Graph> = {}): Graph => ({
  ...emptyGraph(),
  nodes,
  edges,
  ...rest,
});
const amounts = (graph: Graph) => graph.nodes.map((node) => `${node.id}${node.data.amount}`).sort();
const ways = (graph: Graph) => graph.edges.map((edge) => `${edge.source}${edge.target}`).sort();
const none = new Map();

const base = draft([step("a"), step("b"), step("c")], [way("a", "b"), way("b", "c")]);

describe("two people changed a draft", () => {
  test("what only one of them changed is taken from that one", () => {
    const mine = draft([step("a", 2), step("b"), step("c")], base.edges);
    const theirs = draft([step("a"), step("b"), step("c", 3), step("d")], [...base.edges, way("c", "d")]);
    const { graph, clashes } = mergeDrafts(base, mine, theirs, none);
    expect(clashes).toEqual([]);
    expect(amounts(graph)).toEqual(["a2", "b1", "c3", "d1"]);
    expect(ways(graph)).toEqual(["ab", "bc", "cd"]);
  });

  test("a step removed by one and untouched by the other goes, with the edges at it", () => {
    const theirs = draft([step("a"), step("c")], [way("a", "c")]);
    const { graph, clashes } = mergeDrafts(base, base, theirs, none);
    expect([amounts(graph), ways(graph), clashes]).toEqual([["a1", "c1"], ["ac"], []]);
  });

  test("what both changed differently is asked about, and follows the answer", () => {
    const mine = draft([step("a", 2), step("b"), step("c")], base.edges);
    const theirs = draft([step("a", 3), step("b"), step("c")], base.edges);
    const asked = mergeDrafts(base, mine, theirs, none);
    expect(asked.clashes.map((clash) => [clash.key, clash.subject])).toEqual([["step a", "a"]]);
    expect(amounts(asked.graph)).toContain("a3");
    expect(amounts(mergeDrafts(base, mine, theirs, new Map([["step a", "mine"]])).graph)).toContain("a2");
  });

  test("changed here and removed there is asked about, too", () => {
    const mine = draft([step("a"), step("b", 9), step("c")], base.edges);
    const theirs = draft([step("a"), step("c")], [way("a", "c")]);
    const { clashes } = mergeDrafts(base, mine, theirs, none);
    expect(clashes.map((clash) => clash.key)).toEqual(["step b"]);
    const kept = mergeDrafts(base, mine, theirs, new Map([["step b", "mine"]])).graph;
    expect(amounts(kept)).toContain("b9");
  });

  test("the same way out led to two places is one question", () => {
    const mine = draft(base.nodes, [way("a", "c"), way("b", "c")]);
    const theirs = draft([...base.nodes, step("d")], [way("a", "d"), way("b", "c")]);
    expect(mergeDrafts(base, mine, theirs, none).clashes.map((clash) => clash.key)).toEqual(["way a next"]);
  });

  test("the same change made twice is no question, nor is a card that was moved", () => {
    const mine = draft([step("a", 2, 400), step("b"), step("c")], [way("a", "b", "other-id"), way("b", "c")]);
    const theirs = draft([step("a", 2, 900), step("b"), step("c")], base.edges);
    expect(mergeDrafts(base, mine, theirs, none).clashes).toEqual([]);
  });

  test("settings, notes and groups are merged one by one", () => {
    const note = { id: "n", text: "Mine", colour: "amber" as const, author: "Awa", position: { x: 0, y: 0 } };
    const group = { id: "g", name: "Start", colour: "grey" as const, steps: ["a", "b"] };
    const mine = { ...base, notes: [note], settings: { ...base.settings, purpose: "fraud" as const } };
    const theirs = { ...base, groups: [group], settings: { ...base.settings, collects: true } };
    const { graph, clashes } = mergeDrafts(base, mine, theirs, none);
    expect(clashes).toEqual([]);
    expect(graph).toMatchObject({ notes: [note], groups: [group], settings: { purpose: "fraud", collects: true } });
  });

  test("a step that both put into a group of their own is in one of them", () => {
    const own = { id: "g1", name: "Mine", colour: "grey" as const, steps: ["a", "b"] };
    const other = { id: "g2", name: "Theirs", colour: "grey" as const, steps: ["a"] };
    const { graph } = mergeDrafts(base, { ...base, groups: [own] }, { ...base, groups: [other] }, none);
    expect(graph.groups?.flatMap((group) => group.steps).sort()).toEqual(["a", "b"]);
  });
});
