import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { addNote } from "./aid-edits.ts";
import { addNode, changeNode, changeSettings, connect, moveNodes, removeNodes } from "./graph-edits.ts";
import { readHistory, writeHistory } from "./history-text.ts";

const ids = ["a", "b", "c", "d", "e"];
const edit = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant("remove" as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant("move" as const), id: fc.constantFrom(...ids), to: fc.integer({ max: 999, min: 0 }) }),
  fc.record({ kind: fc.constant("change" as const), id: fc.constantFrom(...ids), to: fc.integer({ max: 9, min: 0 }) }),
  fc.record({ kind: fc.constant("join" as const), id: fc.constantFrom(...ids), other: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant("note" as const), id: fc.constantFrom(...ids) }),
  fc.record({ kind: fc.constant("settings" as const), collects: fc.boolean() }),
);
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

let count = 0;
const newId = () => `new-${++count}`;

function apply(graph: Graph, act: Edit): Graph {
  switch (act.kind) {
    case "add":
      return graph.nodes.some(({ id }) => id === act.id)
        ? graph
        : addNode(graph, { id: act.id, type: "wait", position: { x: 0, y: 0 }, data: {} });
    case "remove":
      return removeNodes(graph, [act.id], newId);
    case "move":
      return moveNodes(graph, new Map([[act.id, { x: act.to, y: act.to }]]));
    case "change":
      return changeNode(graph, act.id, { data: { amount: act.to } }, null);
    case "join":
      return connect(graph, { nodeId: act.id, handle: "next" }, act.other, newId());
    case "note":
      return addNote(graph, { id: newId(), text: act.id, colour: "amber", author: "Awa", position: { x: 0, y: 0 } });
    case "settings":
      return changeSettings(graph, { collects: act.collects });
  }
}

test("whatever one draws, the history read back leads to the same drafts", () => {
  const acts = fc.array(edit, { maxLength: 30 });
  fc.assert(
    fc.property(acts, fc.nat(30), (list, at) => {
      const drafts = [emptyGraph()];
      for (const act of list) drafts.push(apply(drafts.at(-1) ?? emptyGraph(), act));
      const now = Math.min(at, drafts.length - 1);
      const history = {
        past: drafts.slice(0, now),
        current: drafts[now] ?? emptyGraph(),
        future: drafts.slice(now + 1).reverse(),
      };
      const text = writeHistory(history, { revision: 3, isSaved: true }) ?? "";
      expect(readHistory(text)).toEqual({ ...history, revision: 3, isSaved: true });
    }),
  );
});

test("a long history loses its oldest entries and stays within its room", () => {
  const draft = (amount: number): Graph =>
    addNode(emptyGraph(), {
      id: "a",
      type: "wait",
      position: { x: 0, y: 0 },
      data: { text: `${amount}`.repeat(40_000) },
    });
  const past = Array.from({ length: 100 }, (_, index) => draft(index));
  const text = writeHistory({ past, current: draft(100), future: [] }, { revision: 1, isSaved: true });
  const kept = readHistory(text ?? "");
  expect(text?.length).toBeLessThanOrEqual(1_500_000);
  expect(kept?.past.length).toBeGreaterThan(5);
  expect(kept?.past.at(-1)).toEqual(past.at(-1));
});

test.each([
  ["nothing", ""],
  ["something else", '{"a":1}'],
  ["half of it", '{"revision":1,"cur'],
])("%s in the tab's store is no history", (_, text) => expect(readHistory(text)).toBeNull());
