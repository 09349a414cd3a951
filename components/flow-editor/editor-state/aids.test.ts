import { beforeEach, describe, expect, test } from "vitest";
import { emptyGraph, type GraphNode } from "#flow/graph.ts";
import { createEditorStore, type EditorStore } from "./editor-store.ts";

const step = (id: string, x: number, y: number): GraphNode => ({ id, type: "wait", position: { x, y }, data: {} });
const way = (source: string, target: string) => ({ id: `${source}-${target}`, source, sourceHandle: "next", target });

let store: EditorStore;

beforeEach(() => {
  let count = 0;
  const nodes = [step("a", 0, 0), step("b", 0, 200), step("c", 0, 400), step("d", 600, 400)];
  const graph = { ...emptyGraph(), nodes, edges: [way("a", "b"), way("b", "c"), way("c", "d")] };
  const seed = { graph, name: "Flow", catalog: { templates: [] }, canEdit: true, revision: 1, savedAt: 0 };
  store = createEditorStore(
    seed,
    () => `id-${++count}`,
    () => 0,
  );
});

const graph = () => store.getState().graph;
const groups = () => graph().groups?.map(({ name, steps }) => `${name}: ${steps.join(" ")}`);
const placeOf = (id: string) => graph().nodes.find((node) => node.id === id)?.position;
const drag = (id: string, to: { x: number; y: number }) => {
  store.actions.applyNodeChanges([{ id, type: "position", position: to, dragging: true }]);
  store.actions.settlePositions([id]);
};

describe("groups", () => {
  test("frame their steps, and a step is in one of them", () => {
    store.actions.group(["a", "b"], "Start");
    store.actions.group(["b", "c"], "Middle");
    expect(groups()).toEqual(["Start: a", "Middle: b c"]);
    const [, middle] = store.getState().flowGroups;
    expect([middle?.position, middle?.width, middle?.height]).toEqual([{ x: -20, y: 154 }, 300, 366]);
  });

  test("carry their steps when they are dragged, in one entry of the history", () => {
    store.actions.group(["b", "c"], "Middle");
    const frame = store.getState().flowGroups[0];
    drag(frame?.id ?? "", { x: (frame?.position.x ?? 0) + 100, y: (frame?.position.y ?? 0) + 50 });
    expect([placeOf("b"), placeOf("c"), placeOf("a")]).toEqual([
      { x: 100, y: 250 },
      { x: 100, y: 450 },
      { x: 0, y: 0 },
    ]);
    store.actions.undo();
    expect(placeOf("b")).toEqual({ x: 0, y: 200 });
  });

  test("take a step that is dragged into the frame and let go of one that is dragged out", () => {
    store.actions.group(["b", "c"], "Middle");
    drag("d", { x: 10, y: 300 });
    expect(groups()).toEqual(["Middle: b c d"]);
    drag("c", { x: 900, y: 900 });
    expect(groups()).toEqual(["Middle: b d"]);
  });

  test("go when their last step goes, and come back with it", () => {
    store.actions.group(["b"], "Alone");
    store.actions.deleteStep("b");
    expect(graph()).not.toHaveProperty("groups");
    store.actions.undo();
    expect(groups()).toEqual(["Alone: b"]);
  });

  test("folded into one card hide their steps, and lines lead to and from the card", () => {
    store.actions.group(["b", "c"], "Middle");
    const id = graph().groups?.[0]?.id ?? "";
    store.actions.foldGroup(id, true);
    const { flowNodes, flowEdges } = store.getState();
    expect(flowNodes.filter((node) => node.hidden).map((node) => node.id)).toEqual(["b", "c"]);
    expect(flowEdges.map(({ source, target, hidden }) => `${source} ${target} ${hidden ?? false}`)).toEqual([
      `a ${id} false`,
      "b c true".replace("b", id).replace("c", id),
      `${id} d false`,
    ]);
    store.actions.reveal("c");
    expect(store.getState().flowNodes.some((node) => node.hidden)).toBe(false);
    expect(store.getState().flowEdges.map(({ source, target }) => `${source} ${target}`)).toEqual([
      "a b",
      "b c",
      "c d",
    ]);
  });

  test("deleted with their steps, the flow closes behind them", () => {
    store.actions.group(["b", "c"], "Middle");
    store.actions.deleteGroup(graph().groups?.[0]?.id ?? "");
    expect(graph().edges.map(({ source, target }) => `${source} ${target}`)).toEqual(["a d"]);
  });

  test("removed with Delete, only the frame goes", () => {
    store.actions.group(["b", "c"], "Middle");
    store.actions.deleteSelected();
    expect([graph().groups, graph().nodes.length]).toEqual([undefined, 4]);
  });
});

describe("notes", () => {
  test("carry their writer, and one left without a word goes", () => {
    store.actions.addNote("Mariam Keïta", { x: 10, y: 10 });
    const id = graph().notes?.[0]?.id ?? "";
    store.actions.writeNote(id, "  Only the signed link.  ");
    expect(graph().notes).toMatchObject([{ author: "Mariam Keïta", text: "Only the signed link." }]);
    store.actions.writeNote(id, " ");
    expect(graph()).not.toHaveProperty("notes");
  });

  test("go along with the step they stand beside when all is tidied up", () => {
    store.actions.addNote("Awa", { x: 620, y: 380 });
    const to = store.actions.tidyPlaces();
    const note = graph().notes?.[0];
    const d = to.get("d") ?? { x: 0, y: 0 };
    expect(to.get(note?.id ?? "")).toEqual({ x: d.x + 20, y: d.y - 20 });
  });
});

describe("tidying up", () => {
  test("keeps the first step where it stands and changes nothing the second time", () => {
    drag("a", { x: 300, y: 120 });
    store.actions.moveTo(store.actions.tidyPlaces());
    expect(placeOf("a")).toEqual({ x: 300, y: 120 });
    const before = graph();
    store.actions.moveTo(store.actions.tidyPlaces());
    expect(graph()).toBe(before);
  });
});

describe("copies", () => {
  test("of a group and a note are a group and a note of their own", () => {
    store.actions.group(["b", "c"], "Middle");
    store.actions.addNote("Awa", { x: 0, y: 0 });
    store.actions.writeNote(graph().notes?.[0]?.id ?? "", "Hello");
    store.actions.selectAll();
    const text = store.actions.copy() ?? "";
    expect(store.actions.paste(text)).toBe("pasted");
    expect([graph().nodes.length, graph().notes?.length, graph().groups?.length]).toEqual([8, 2, 2]);
    expect(new Set(graph().groups?.flatMap((group) => group.steps)).size).toBe(4);
  });

  test("lie beside each other when pasted again, or where one points", () => {
    store.actions.select(["a"]);
    const text = store.actions.copy() ?? "";
    store.actions.paste(text);
    store.actions.paste(text);
    store.actions.paste(text, { x: 1000, y: 1000 });
    expect(
      graph()
        .nodes.slice(4)
        .map((node) => node.position),
    ).toEqual([
      { x: 40, y: 40 },
      { x: 80, y: 80 },
      { x: 870, y: 1000 },
    ]);
  });

  test("that lead back to a copied step lead back to its copy", () => {
    const { nodes } = graph();
    const goTo = { id: "g", type: "go-to", position: { x: 0, y: 600 }, data: { nodeId: "a" } };
    store.actions.replaceGraph({ ...graph(), nodes: [...nodes, goTo] }, 2);
    store.actions.duplicate(["a", "g"]);
    const [copy, back] = graph().nodes.slice(-2);
    expect(back?.data.nodeId).toBe(copy?.id);
  });

  test("are refused where the flow would get larger than a flow may be", () => {
    const many = Array.from({ length: 499 }, (_, index) => step(`s${index}`, 0, index));
    store.actions.replaceGraph({ ...emptyGraph(), nodes: many }, 2);
    store.actions.select(["s1", "s2"]);
    expect(store.actions.paste(store.actions.copy() ?? "")).toBe("too-many");
    expect(store.actions.paste("hello")).toBe("none");
    expect(graph().nodes.length).toBe(499);
  });
});

test("a path is shown until it is closed or the flow changes", () => {
  store.actions.showPath(["a", "b"], ["a-b"]);
  expect(store.getState().path?.nodes.has("b")).toBe(true);
  store.actions.deleteStep("d");
  expect(store.getState().path).toBeNull();
});
