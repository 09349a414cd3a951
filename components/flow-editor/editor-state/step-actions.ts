import { defaultHandle, handlesOf } from "#components/flow-words/step-handles.ts";
import { type FlowSettings, type Graph, type GraphNode, graphLimits } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { removeGroups, removeNotes } from "./aid-edits.ts";
import { cardWidth } from "./auto-layout.ts";
import { fromClipboard, toClipboard } from "./clipboard.ts";
import { sizesOf } from "./derive-canvas.ts";
import type { AddPlace, EditorTools } from "./editor-store.ts";
import {
  addCopies,
  addNode,
  type Copies,
  changeNode,
  changeSettings,
  connect,
  type Exit,
  insertAfter,
  type Point,
  pushDown,
  removeEdges,
  removeNodes,
} from "./graph-edits.ts";
import { freePlace, placeAfter } from "./place-step.ts";

const newRowHeight = 150;

/** Edits of steps. Each is one entry of the undo history, except quick typing in one field, which is one together. */
export function createStepActions({ get, set, commit, newId }: EditorTools) {
  const selectedIds = () =>
    get()
      .flowNodes.filter((node) => node.selected)
      .map((node) => node.id);
  const place = (clip: Copies, by: Point) => {
    const added = addCopies(get().graph, clip, freeOffset(get().graph, clip, by), newId);
    commit(added.graph, { select: added.ids });
    set({ added: added.ids[0] ?? null });
  };
  return {
    selectedIds,

    /** The way out that a new step would follow now, or null when it would stand alone. */
    exitOfSelection: () => exitOfSelection(get(), selectedIds()),

    /** Adds a step of this type and chooses it. Without a place it follows the chosen step, or the last one added. */
    add(type: string, place: AddPlace = { from: null, position: null }): void {
      const { graph, catalog, flowNodes } = get();
      const from = place.from ?? (place.position ? null : exitOfSelection(get(), selectedIds()));
      const sizes = sizesOf(flowNodes);
      const id = newId();
      const node: GraphNode = { id, type, position: { x: 0, y: 0 }, data: nodeTypeOf(type)?.initial(id) ?? {} };
      const isTrigger = nodeTypeOf(type)?.family === "trigger";
      if (!from || isTrigger) {
        node.position = freePlace(graph, sizes, place.position ?? belowEverything(graph.nodes, sizes));
        commit(addNode(graph, node), { select: [node.id] });
        set({ quickAdd: null, isInspectorOpen: true, added: node.id });
        return;
      }
      const source = graph.nodes.find((candidate) => candidate.id === from.nodeId);
      const old = graph.edges.find((edge) => edge.source === from.nodeId && edge.sourceHandle === from.handle);
      const handles = source ? handlesOf(source, catalog) : [];
      const pushed =
        old && source ? pushDown(graph, old.target, source.position.y + 1, newRowHeight, from.nodeId) : graph;
      node.position = place.position ?? placeAfter(pushed, sizes, from, handles);
      const onward = defaultHandle(handlesOf(node, catalog), new Set());
      commit(insertAfter(pushed, from, node, onward, [newId(), newId()]), { select: [node.id] });
      set({ quickAdd: null, isInspectorOpen: true, added: node.id });
    },

    connect: (from: Exit, target: string) => commit(connect(get().graph, from, target, newId())),

    /** Removes the chosen steps (healing their edges), edges and notes. Of a chosen group only the frame goes. */
    deleteSelected(): void {
      const { graph, flowEdges, flowNotes, flowGroups } = get();
      const pruned = removeEdges(graph, chosenOf(flowEdges));
      const rest = removeGroups(removeNotes(pruned, chosenOf(flowNotes)), chosenOf(flowGroups));
      const isNothing = [flowEdges, flowNotes, flowGroups, get().flowNodes].every(
        (items) => chosenOf(items).length === 0,
      );
      if (!isNothing) commit(removeNodes(rest, selectedIds(), newId), { select: [] });
    },

    deleteStep: (id: string) => commit(removeNodes(get().graph, [id], newId), { select: [] }),
    deleteEdge: (id: string) => commit(removeEdges(get().graph, [id])),

    duplicate(ids: readonly string[] = copied(get())): void {
      const clip = fromClipboard(toClipboard(get().graph, ids));
      if (clip) place(clip, { x: 40, y: 40 });
    },

    /** Text for the clipboard, or null when nothing is chosen. */
    copy(): string | null {
      const ids = copied(get());
      return ids.length > 0 ? toClipboard(get().graph, ids) : null;
    },

    /** How many steps and notes a copy would take. */
    countOfCopy: (): number => copied(get()).length,

    /**
     * Adds the steps and notes in a clipboard's text, with the middle at a point of the canvas, else beside where they stood.
     * Refused: the text holds none, or the flow would get too large.
     */
    paste(text: string, at: Point | null = null): "pasted" | "none" | "too-many" {
      const clip = fromClipboard(text);
      if (!clip) return "none";
      const tooMany =
        get().graph.nodes.length + clip.nodes.length > graphLimits.nodes ||
        (get().graph.notes?.length ?? 0) + (clip.notes?.length ?? 0) > graphLimits.notes;
      if (tooMany) return "too-many";
      place(clip, at ? middleTo(clip, at) : { x: 40, y: 40 });
      return "pasted";
    },

    /** Changes some settings of a step; `burst` names the field that is being typed in. */
    setData(id: string, change: Record<string, unknown>, burst?: string): void {
      const { graph, catalog } = get();
      const node = graph.nodes.find((candidate) => candidate.id === id);
      if (!node) return;
      const changed = { ...node, data: { ...node.data, ...change } };
      commit(
        changeNode(graph, id, { data: changed.data }, stillThere(changed, catalog)),
        burst ? { burst: `${id}.${burst}` } : {},
      );
    },

    /** Replaces all settings of a step (another mode of it). */
    replaceData: (id: string, data: Record<string, unknown>) => commit(changeNode(get().graph, id, { data }, null)),

    setTitle: (id: string, title: string) =>
      commit(changeNode(get().graph, id, { title }, null), { burst: `${id}.title` }),

    setSettings: (change: Partial<FlowSettings>, burst?: string) =>
      commit(changeSettings(get().graph, change), burst ? { burst } : {}),
  };
}

const chosenOf = (items: readonly { id: string; selected?: boolean }[]): string[] =>
  items.filter((item) => item.selected).map((item) => item.id);

/** What a copy takes: the chosen steps and notes, and all steps of chosen groups. */
function copied({ flowNodes, flowNotes, flowGroups }: ReturnType<EditorTools["get"]>): string[] {
  const grouped = flowGroups.filter((node) => node.selected).flatMap((node) => node.data.group.steps);
  return [...new Set([...chosenOf(flowNodes), ...grouped, ...chosenOf(flowNotes)])];
}

/** Pasted twice, the second copies lie beside the first ones. */
function freeOffset(graph: Graph, clip: Copies, by: Point): Point {
  const first = clip.nodes[0] ?? clip.notes?.[0];
  if (!first) return by;
  const all = [...graph.nodes, ...(graph.notes ?? [])];
  const offset = { ...by };
  const isTaken = () =>
    all.some(
      ({ position }) => position.x === first.position.x + offset.x && position.y === first.position.y + offset.y,
    );
  while (isTaken()) {
    offset.x += 40;
    offset.y += 40;
  }
  return offset;
}

function middleTo(clip: Copies, at: Point): Point {
  const places = [...clip.nodes, ...(clip.notes ?? [])].map(({ position }) => position);
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  return {
    x: Math.round(at.x - (Math.min(...xs) + Math.max(...xs) + cardWidth) / 2),
    y: Math.round(at.y - (Math.min(...ys) + Math.max(...ys)) / 2),
  };
}

/** A step whose ways out cannot be told right now keeps its edges. */
function stillThere(node: GraphNode, catalog: Parameters<typeof handlesOf>[1]): string[] | null {
  const isReadable = nodeTypeOf(node.type)?.config.safeParse(node.data).success ?? false;
  return isReadable ? handlesOf(node, catalog).map((handle) => handle.id) : null;
}

/** Behind the one chosen step; with none chosen behind the only loose end, if there is exactly one step without a way on. */
function exitOfSelection(state: ReturnType<EditorTools["get"]>, selected: readonly string[]): Exit | null {
  const { graph, catalog, connectedOf } = state;
  const loose = graph.nodes.filter((node) => !connectedOf.has(node.id) && handlesOf(node, catalog).length > 0);
  const node =
    selected.length === 1
      ? graph.nodes.find(({ id }) => id === selected[0])
      : loose.length === 1
        ? loose[0]
        : undefined;
  const handle = node && defaultHandle(handlesOf(node, catalog), new Set(connectedOf.get(node.id)));
  return node && handle ? { nodeId: node.id, handle } : null;
}

function belowEverything(nodes: readonly GraphNode[], sizes: ReturnType<typeof sizesOf>) {
  const last = nodes.toSorted((a, b) => b.position.y - a.position.y)[0];
  return last ? { x: last.position.x, y: last.position.y + (sizes.get(last.id)?.height ?? 96) + 44 } : { x: 0, y: 0 };
}
