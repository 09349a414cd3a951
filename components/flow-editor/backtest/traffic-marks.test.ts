import { expect, test } from "vitest";
import { FlowSettings } from "#flow/graph.ts";
import { trafficMarks } from "./traffic-marks.ts";

const node = (id: string) => ({ id, type: "wait", position: { x: 0, y: 0 }, data: {} });

test("a way is as wide as its share of those who entered, and one that nobody took has no width", () => {
  const graph = {
    schemaVersion: 1 as const,
    nodes: ["start", "wait", "end"].map(node),
    edges: [
      { id: "a", source: "start", sourceHandle: "next", target: "wait" },
      { id: "b", source: "wait", sourceHandle: "timeout", target: "end" },
      { id: "c", source: "wait", sourceHandle: "paid", target: "end" },
    ],
    settings: FlowSettings.parse({}),
  };
  const marks = trafficMarks(
    {
      entered: 200,
      steps: {
        start: { entered: 200, waiting: 0 },
        wait: { entered: 200, waiting: 150 },
        end: { entered: 0, waiting: 0 },
      },
      ways: [
        ["start", "next", 200],
        ["wait", "timeout", 50],
      ],
    },
    graph,
    String,
  );
  expect([...(marks.traffic ?? [])]).toEqual([
    ["a", { share: 1, text: "200" }],
    ["b", { share: 0.25, text: "50" }],
  ]);
  expect([...marks.edges]).toEqual(["a", "b"]);
  expect([...marks.stamps.keys()]).toEqual(["start", "wait"]);
});
