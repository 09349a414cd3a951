import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import type { Graph } from "#flow/graph.ts";
import { autoLayout, withNotesBeside } from "./auto-layout.ts";
import { deriveGroups, type GroupNode, type NoteNode, regroup } from "./derive-aids.ts";
import { type StepEdge, type StepNode, sizesOf, tabStopOf, withSelection } from "./derive-canvas.ts";
import type { EditorState, EditorTools, QuickAdd } from "./editor-store.ts";
import { walk } from "./flow-order.ts";
import { moveNodes, type Point } from "./graph-edits.ts";

/** Everything React Flow draws as a node. */
export type CanvasNode = StepNode | NoteNode | GroupNode;

/** What happens on the canvas around the graph: choosing, dragging, walking, laying out, panels. */
export function createCanvasActions({ get, set, commit }: EditorTools) {
  const select = (ids: readonly string[]) => {
    const chosen = new Set(ids);
    const flowNodes = withSelection(get().flowNodes, chosen);
    set({
      flowNodes,
      flowNotes: withSelection(get().flowNotes, chosen),
      flowGroups: withSelection(get().flowGroups, chosen),
      flowEdges: withSelection(get().flowEdges, new Set()),
      tabStop: tabStopOf(flowNodes),
      walkHandle: null,
    });
  };
  return {
    select,

    selectAll(): void {
      const { flowNodes, flowNotes } = get();
      select([...flowNodes.filter((node) => !node.hidden), ...flowNotes].map((node) => node.id));
    },

    /** Sizes, selection and positions while dragging: none of it is the graph's business until the drag ends. */
    applyNodeChanges(changes: NodeChange<CanvasNode>[]): void {
      const kept = changes.filter(isPlain);
      if (kept.length > 0) set(afterChanges(get(), kept));
    },

    applyEdgeChanges(changes: EdgeChange<StepEdge>[]): void {
      const kept = changes.filter((change) => change.type !== "remove");
      if (kept.length > 0) set({ flowEdges: applyEdgeChanges(kept, get().flowEdges) });
    },

    /** The end of a drag: where the steps stand now is written into the graph, as one edit. */
    settlePositions(dragged: readonly string[]): void {
      const { graph, flowNodes, flowNotes, flowGroups } = get();
      const moved = moveNodes(graph, new Map([...flowNodes, ...flowNotes].map((node) => [node.id, node.position])));
      const isGroupDrag = flowGroups.some((node) => dragged.includes(node.id));
      commit(isGroupDrag ? moved : regroup(moved, dragged, flowGroups, sizesOf(flowNodes)));
    },

    /** Steps on their way to new places; the graph hears of it when they have arrived. */
    placeForNow(places: ReadonlyMap<string, Point>): void {
      const place = <Item extends StepNode | NoteNode>(node: Item): Item => {
        const at = places.get(node.id);
        return at ? { ...node, position: at } : node;
      };
      const flowNodes = get().flowNodes.map(place);
      const flowGroups = deriveGroups(get().graph, flowNodes, get().flowGroups);
      set({ flowNodes, flowGroups, flowNotes: get().flowNotes.map(place) });
    },

    nudge(ids: readonly string[], by: { x: number; y: number }): void {
      const { nodes, notes = [] } = get().graph;
      const moved = [...nodes, ...notes].filter((node) => ids.includes(node.id));
      const to = new Map(moved.map((node) => [node.id, { x: node.position.x + by.x, y: node.position.y + by.y }]));
      commit(moveNodes(get().graph, to), { burst: "nudge" });
    },

    /** Where everything stands once it is tidy. */
    tidyPlaces(): Map<string, Point> {
      const { graph, flowNodes, catalog } = get();
      return withNotesBeside(graph, autoLayout(graph, sizesOf(flowNodes), catalog));
    },

    moveTo: (places: ReadonlyMap<string, Point>) => commit(moveNodes(get().graph, places)),

    /** An arrow key on the chosen step. Returns the step now chosen, or null when nothing moved. */
    walk(key: "up" | "down" | "left" | "right"): string | null {
      const { graph, catalog, flowNodes, walkHandle, cameFrom } = get();
      const nodeId = flowNodes.find((node) => node.selected)?.id;
      if (!nodeId) return null;
      const step = walk(graph, { nodeId, chosen: walkHandle, cameFrom }, key, catalog);
      if (step?.kind === "choose") set({ walkHandle: step.handle });
      if (step?.kind !== "go") return null;
      select([step.nodeId]);
      set({ cameFrom: key === "down" ? nodeId : null });
      return step.nodeId;
    },

    openQuickAdd: (quickAdd: QuickAdd) => (get().canEdit ? set({ quickAdd }) : undefined),
    closeQuickAdd: () => set({ quickAdd: null }),
    setInspectorOpen: (isInspectorOpen: boolean) => set({ isInspectorOpen }),
    openDrawer: (drawer: EditorState["drawer"]) => set({ drawer, ...(drawer === "test" ? {} : { run: null }) }),
    setRun: (run: EditorState["run"]) => set({ run }),
    /** `stored` is what a save has just put away. */
    setSave: (save: EditorState["save"], stored?: { revision: number; graph: Graph }) =>
      set(stored ? { save, revision: stored.revision, base: stored.graph } : { save }),
    rename: (name: string) => set({ name, save: get().save.kind === "conflict" ? get().save : { kind: "unsaved" } }),

    /** Draws a way through the flow and lets the rest step back, until it is closed or the flow changes. */
    showPath: (nodeIds: readonly string[], edgeIds: readonly string[]) =>
      set({ path: { nodes: new Set(nodeIds), edges: new Set(edgeIds) } }),
    hidePath: () => set({ path: null }),

    /** Jumps to what a problem is about: chooses its step and asks the inspector to focus the field. */
    showProblem(nodeId: string | null, field: string): void {
      select(nodeId ? [nodeId] : []);
      set({ isInspectorOpen: true, focusField: { nodeId, field, count: (get().focusField?.count ?? 0) + 1 } });
    },
  };
}

type PlainChange = Exclude<NodeChange, { type: "add" | "replace" | "remove" }>;

/** Only the graph adds, replaces and removes. */
const isPlain = (change: NodeChange<CanvasNode>): change is PlainChange =>
  change.type === "dimensions" || change.type === "position" || change.type === "select";

function afterChanges(state: EditorState, changes: PlainChange[]): Partial<EditorState> {
  const { graph, flowNotes, flowGroups } = state;
  const all = flowGroups.length > 0 ? [...changes, ...carriedAlong(state, changes)] : changes;
  const flowNodes = applyNodeChanges<StepNode>(all, state.flowNodes);
  const isSelect = changes.some((change) => change.type === "select");
  const isMeasure = changes.some((change) => change.type === "dimensions");
  const groups = flowGroups.length > 0 ? applyNodeChanges<GroupNode>(all, flowGroups) : flowGroups;
  return {
    flowNodes,
    ...(flowNotes.length > 0 && { flowNotes: applyNodeChanges<NoteNode>(all, flowNotes) }),
    // A frame stays as it is while a step is dragged, so that one can drag out of it; it follows when steps are measured.
    flowGroups: isMeasure ? deriveGroups(graph, flowNodes, groups) : groups,
    ...(isSelect && { walkHandle: null, tabStop: tabStopOf(flowNodes) }),
  };
}

/** A dragged group carries its steps. */
function carriedAlong({ graph, flowNodes, flowGroups }: EditorState, changes: PlainChange[]): PlainChange[] {
  const dragged = new Set(changes.map((change) => change.id));
  const places = new Map(flowNodes.map((node) => [node.id, node.position]));
  return changes.flatMap((change) => {
    const frame = flowGroups.find((node) => node.id === change.id);
    if (!frame || change.type !== "position" || !change.position) return [];
    const by = { x: change.position.x - frame.position.x, y: change.position.y - frame.position.y };
    const steps = graph.groups?.find((group) => group.id === frame.id)?.steps ?? [];
    return steps.flatMap((id): PlainChange[] => {
      const at = places.get(id);
      if (!at || dragged.has(id)) return [];
      return [{ id, type: "position", position: { x: at.x + by.x, y: at.y + by.y }, dragging: change.dragging }];
    });
  });
}
