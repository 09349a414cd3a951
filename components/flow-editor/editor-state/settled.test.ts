import { expect, test, vi } from "vitest";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { createEditorStore } from "./editor-store.ts";

const drawn = drawGraph(
  {},
  [
    step("start", "trigger-event", [0, 0], { event: "drawn", rule: { all: [] } }),
    step("rest", "wait", [0, 130], { mode: "duration", duration: { amount: 1, unit: "hours" } }),
    step("out", "exit", [0, 260], { reason: "Done" }),
  ],
  [
    ["start", "next", "rest"],
    ["rest", "next", "out"],
  ],
);

function open() {
  let ids = 0;
  const store = createEditorStore(
    { graph: drawn, name: "Flow", catalog: { templates: [] }, canEdit: true, revision: 1, savedAt: 0 },
    () => `new-${++ids}`,
    () => 0,
  );
  const heard = vi.fn();
  return { store, heard, stop: store.settled.subscribe(heard) };
}

test("While something is dragged or measured, no card is asked whether anything is new to it", () => {
  const { store, heard } = open();
  for (const x of [5, 10, 15])
    store.actions.applyNodeChanges([{ id: "rest", type: "position", position: { x, y: 0 }, dragging: true }]);
  store.actions.applyNodeChanges([{ id: "rest", type: "dimensions", dimensions: { width: 260, height: 90 } }]);
  expect(heard).not.toHaveBeenCalled();
  expect(store.getState().flowNodes[1]?.position.x).toBe(15);
});

test.each<[string, (actions: ReturnType<typeof open>["store"]["actions"]) => void]>([
  ["the end of a drag", (actions) => actions.settlePositions(["rest"])],
  ["a choice, which moves the tab stop", (actions) => actions.select(["rest"])],
  ["a key in a title", (actions) => actions.setTitle("rest", "R")],
  ["a shown path", (actions) => actions.showPath(["start"], [])],
  ["a run", (actions) => actions.setRun({ stamps: new Map(), edges: new Set(), current: "rest" })],
])("The cards hear of %s", (_, change) => {
  const { store, heard, stop } = open();
  store.actions.applyNodeChanges([{ id: "rest", type: "position", position: { x: 5, y: 0 }, dragging: true }]);
  change(store.actions);
  expect(heard).toHaveBeenCalled();
  heard.mockClear();
  stop();
  change(store.actions);
  expect(heard).not.toHaveBeenCalled();
});

test("A key in a title hands on everything that it does not change", () => {
  const { store } = open();
  store.actions.applyNodeChanges([{ id: "rest", type: "dimensions", dimensions: { width: 260, height: 90 } }]);
  const before = store.getState();
  store.actions.setTitle("rest", "R");
  store.actions.setTitle("rest", "Re");
  const after = store.getState();
  expect(after.flowEdges).toBe(before.flowEdges);
  expect(after.flowNodes.map((node, index) => node === before.flowNodes[index])).toEqual([true, false, true]);
  for (const { id } of drawn.nodes) expect(after.connectedOf.get(id)).toBe(before.connectedOf.get(id));
});

test("A setting that takes no way away leaves all lines as they are", () => {
  const { store } = open();
  const { graph, flowEdges } = store.getState();
  store.actions.setData("rest", { duration: { amount: 2, unit: "hours" } }, "duration");
  expect(store.getState().graph.edges).toBe(graph.edges);
  expect(store.getState().flowEdges).toBe(flowEdges);
});
