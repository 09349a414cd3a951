import { defaultHandle, handlesOf } from "#components/flow-words/step-handles.ts";
import type { FlowSettings, GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { fromClipboard, toClipboard } from "./clipboard.ts";
import { sizesOf } from "./derive-canvas.ts";
import type { AddPlace, EditorTools } from "./editor-store.ts";
import {
  addCopies,
  addNode,
  changeNode,
  changeSettings,
  connect,
  type Exit,
  insertAfter,
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
  return {
    selectedIds,

    /** The way out that a new step would follow now, or null when it would stand alone. */
    exitOfSelection: () => exitOfSelection(get(), selectedIds()),

    /** Adds a step of this type and chooses it. Without a place it follows the chosen step, or the last one added. */
    add(type: string, place: AddPlace = { from: null, position: null }): void {
      const { graph, catalog, flowNodes } = get();
      const from = place.from ?? (place.position ? null : exitOfSelection(get(), selectedIds()));
      const sizes = sizesOf(flowNodes);
      const node: GraphNode = { id: newId(), type, position: { x: 0, y: 0 }, data: nodeTypeOf(type)?.initial() ?? {} };
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

    /** Removes the chosen steps (healing their edges) and the chosen edges. */
    deleteSelected(): void {
      const edges = get()
        .flowEdges.filter((edge) => edge.selected)
        .map((edge) => edge.id);
      const nodes = selectedIds();
      if (nodes.length + edges.length > 0)
        commit(removeNodes(removeEdges(get().graph, edges), nodes, newId), { select: [] });
    },

    deleteStep: (id: string) => commit(removeNodes(get().graph, [id], newId), { select: [] }),
    deleteEdge: (id: string) => commit(removeEdges(get().graph, [id])),

    duplicate(ids: readonly string[] = selectedIds()): void {
      const clip = fromClipboard(toClipboard(get().graph, ids));
      if (!clip) return;
      const copied = addCopies(get().graph, clip, { x: 40, y: 40 }, newId);
      commit(copied.graph, { select: copied.ids });
    },

    /** Text for the clipboard, or null when nothing is chosen. */
    copy(): string | null {
      const ids = selectedIds();
      return ids.length > 0 ? toClipboard(get().graph, ids) : null;
    },

    /** Adds the steps in a clipboard's text. False: the text holds no steps. */
    paste(text: string): boolean {
      const clip = fromClipboard(text);
      if (!clip) return false;
      const copied = addCopies(get().graph, clip, { x: 40, y: 40 }, newId);
      commit(copied.graph, { select: copied.ids });
      return true;
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
