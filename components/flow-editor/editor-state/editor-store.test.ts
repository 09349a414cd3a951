import { beforeEach, describe, expect, test } from "vitest";
import { emptyGraph } from "#flow/graph.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { fromClipboard, toClipboard } from "./clipboard.ts";
import { createEditorStore, type EditorStore } from "./editor-store.ts";

const reminder: TemplateInfo = {
  name: "reminder",
  category: "utility",
  samples: {},
  languages: [
    {
      language: "en",
      status: "approved",
      header: null,
      body: "Hello",
      footer: null,
      buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
    },
  ],
};

let clock = 0;
let store: EditorStore;

beforeEach(() => {
  let count = 0;
  clock = 0;
  const seed = {
    graph: emptyGraph(),
    name: "Flow",
    catalog: { templates: [reminder] },
    canEdit: true,
    revision: 1,
    savedAt: 0,
  };
  store = createEditorStore(
    seed,
    () => `id-${++count}`,
    () => clock,
  );
});

const types = () => store.getState().graph.nodes.map((node) => node.type);
const ways = () => {
  const { nodes, edges } = store.getState().graph;
  const typeOf = (id: string) => nodes.find((node) => node.id === id)?.type;
  return edges.map((edge) => `${typeOf(edge.source)} ${edge.sourceHandle} ${typeOf(edge.target)}`);
};
const idOf = (type: string) => store.getState().graph.nodes.find((node) => node.type === type)?.id ?? "";

describe("adding steps", () => {
  test("pressing one palette entry after the other draws a line of steps", () => {
    for (const type of ["trigger-event", "send", "wait-until", "hand-off"]) store.actions.add(type);
    expect(ways()).toEqual(["trigger-event next send", "send next wait-until", "wait-until happened hand-off"]);
  });

  test("behind a way that leads somewhere the new step goes in between", () => {
    for (const type of ["trigger-event", "exit"]) store.actions.add(type);
    store.actions.add("wait", { from: { nodeId: idOf("trigger-event"), handle: "next" }, position: null });
    expect(ways().sort()).toEqual(["trigger-event next wait", "wait next exit"]);
  });

  test("no two cards cover each other", () => {
    for (const type of ["trigger-event", "condition"]) store.actions.add(type);
    for (const handle of ["yes", "else"])
      store.actions.add("exit", { from: { nodeId: idOf("condition"), handle }, position: null });
    const places = store.getState().graph.nodes.map(({ position }) => `${position.x} ${position.y}`);
    expect(new Set(places).size).toBe(4);
  });

  test("dropped at a point it stands there", () => {
    store.actions.add("exit", { from: null, position: { x: 70, y: 90 } });
    expect(store.getState().graph.nodes[0]?.position).toEqual({ x: 70, y: 90 });
  });
});

describe("the undo history", () => {
  test("holds edits, and neither sizes nor selection", () => {
    store.actions.add("trigger-event");
    const id = idOf("trigger-event");
    store.actions.applyNodeChanges([{ id, type: "dimensions", dimensions: { width: 260, height: 60 } }]);
    store.actions.select([id]);
    expect(store.temporal.getState().pastStates).toHaveLength(1);
    store.actions.undo();
    expect(types()).toEqual([]);
    expect(store.getState().flowNodes).toEqual([]);
    store.actions.redo();
    expect(types()).toEqual(["trigger-event"]);
  });

  test("takes quick typing in one field as one edit, and typing after a pause as another", () => {
    store.actions.add("goal");
    const id = idOf("goal");
    for (const name of ["K", "KY", "KYC"]) store.actions.setData(id, { name }, "name");
    clock += 5000;
    store.actions.setData(id, { name: "KYC done" }, "name");
    const name = () => store.getState().graph.nodes[0]?.data.name;
    store.actions.undo();
    expect(name()).toBe("KYC");
    store.actions.undo();
    expect(name()).toBe("");
  });

  test("a drag is one edit, written when it ends", () => {
    store.actions.add("trigger-event");
    const id = idOf("trigger-event");
    for (const x of [5, 10, 15])
      store.actions.applyNodeChanges([{ id, type: "position", position: { x, y: 0 }, dragging: true }]);
    expect(store.getState().graph.nodes[0]?.position.x).toBe(0);
    store.actions.settlePositions([id]);
    expect(store.getState().graph.nodes[0]?.position.x).toBe(15);
    store.actions.undo();
    expect(store.getState().flowNodes[0]?.position.x).toBe(0);
  });
});

describe("copying", () => {
  test("steps travel as text between flows and tabs", () => {
    for (const type of ["trigger-event", "wait"]) store.actions.add(type);
    store.actions.select(store.getState().graph.nodes.map((node) => node.id));
    const text = store.actions.copy() ?? "";
    expect(store.actions.paste(text)).toBe("pasted");
    expect(types()).toEqual(["trigger-event", "wait", "trigger-event", "wait"]);
    expect(ways()).toHaveLength(2);
  });

  test.each([["any text"], ["{}"], ['{"chasqui":"steps","schemaVersion":1,"nodes":[],"edges":[]}'], ["null"]])(
    "%s is not taken for steps",
    (text) => {
      expect(fromClipboard(text)).toBeNull();
    },
  );

  test("edges to steps that are left behind stay behind", () => {
    for (const type of ["trigger-event", "wait"]) store.actions.add(type);
    expect(fromClipboard(toClipboard(store.getState().graph, [idOf("wait")]))?.edges).toEqual([]);
  });
});

test("another template drops the edges of buttons it does not have", () => {
  for (const type of ["trigger-event", "send"]) store.actions.add(type);
  const id = idOf("send");
  store.actions.setData(id, { template: "reminder" });
  store.actions.add("hand-off", { from: { nodeId: id, handle: "button:help" }, position: null });
  expect(ways()).toContain("send button:help hand-off");
  store.actions.setData(id, { template: "unknown_one" });
  expect(ways()).not.toContain("send button:help hand-off");
});

test("problems follow every edit", () => {
  expect(store.getState().problems.map((problem) => problem.rule)).toContain("no-trigger");
  store.actions.add("trigger-event");
  expect(store.getState().problems.map((problem) => problem.rule)).not.toContain("no-trigger");
});

test("who may not edit changes nothing", () => {
  const seed = {
    graph: emptyGraph(),
    name: "Flow",
    catalog: { templates: [] },
    canEdit: false,
    revision: 1,
    savedAt: 0,
  };
  const closed = createEditorStore(
    seed,
    () => "id",
    () => 0,
  );
  closed.actions.add("trigger-event");
  expect(closed.getState().graph.nodes).toEqual([]);
});
