import { expect, test } from "vitest";
import { Graph } from "#flow/graph.ts";
import { csvOf, edgeWidth, liveFigures } from "./live-figures.ts";

const graph = Graph.parse({
  schemaVersion: 1,
  nodes: ["start", "offer", "wait", "again"].map((id) => ({ id, type: "x", position: { x: 0, y: 0 }, data: {} })),
  edges: [
    { id: "a", source: "start", sourceHandle: "next", target: "offer" },
    { id: "b", source: "offer", sourceHandle: "next", target: "wait" },
    { id: "c", source: "offer", sourceHandle: "button:call", target: "again" },
  ],
  settings: {},
});
const count = (nodeId: string, kind: string, handle: string, n: number) => ({ nodeId, kind, handle, n });

test("what passed a step is what its edges carry, and no more", () => {
  const counts = [
    count("start", "left", "next", 10),
    count("offer", "left", "next", 10),
    count("offer", "left", "button:call", 4),
    // Nobody drew where this leads: they left the flow here.
    count("offer", "left", "button:other", 3),
    count("offer", "ended", "completed", 3),
    count("again", "left", "", 2),
    count("wait", "standing", "", 5),
    count("gone", "standing", "", 9),
  ];
  const { steps, edges, entered } = liveFigures(graph, { counts, troubles: [] }, new Set(["start"]));
  expect(steps.get("offer")).toMatchObject({ waiting: 0, passed: 14, left: 3 });
  expect(steps.get("again")).toMatchObject({ passed: 2 });
  expect(steps.get("wait")).toMatchObject({ waiting: 5, passed: 0 });
  expect(Object.fromEntries(edges)).toEqual({ a: 10, b: 10, c: 4 });
  expect(entered).toBe(10);
});

test.each([
  ["everybody", 10, 10, 22],
  ["half", 5, 10, 11],
  ["hardly anybody", 1, 10_000, 2],
  ["nobody of nobody", 0, 0, 2],
  ["more than entered in this time", 30, 10, 22],
])("the line of %s", (_, n, entered, width) => expect(edgeWidth(n, entered)).toBe(width));

test("a table can be read by a spreadsheet and runs nothing in it", () => {
  expect(csvOf([['Offer, "now"', "-3", "=1+1"]])).toBe('"Offer, ""now""",-3,\'=1+1');
});
