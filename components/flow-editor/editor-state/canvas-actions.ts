import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import { autoLayout } from "./auto-layout.ts";
import { type StepEdge, type StepNode, sizesOf, withSelection } from "./derive-canvas.ts";
import type { EditorState, EditorTools, QuickAdd } from "./editor-store.ts";
import { walk } from "./flow-order.ts";
import { moveNodes } from "./graph-edits.ts";

/** What happens on the canvas around the graph: choosing, dragging, walking, laying out, panels. */
export function createCanvasActions({ get, set, commit }: EditorTools) {
  const select = (ids: readonly string[]) => {
    const chosen = new Set(ids);
    set({
      flowNodes: withSelection(get().flowNodes, chosen),
      flowEdges: withSelection(get().flowEdges, new Set()),
      walkHandle: null,
    });
  };
  return {
    select,

    /** Sizes, selection and positions while dragging: none of it is the graph's business until the drag ends. */
    applyNodeChanges(changes: NodeChange<StepNode>[]): void {
      const kept = changes.filter((change) => change.type !== "remove");
      if (kept.length > 0) set({ flowNodes: applyNodeChanges(kept, get().flowNodes) });
      if (kept.some((change) => change.type === "select")) set({ walkHandle: null });
    },

    applyEdgeChanges(changes: EdgeChange<StepEdge>[]): void {
      const kept = changes.filter((change) => change.type !== "remove");
      if (kept.length > 0) set({ flowEdges: applyEdgeChanges(kept, get().flowEdges) });
    },

    /** The end of a drag: where the steps stand now is written into the graph, as one edit. */
    settlePositions(): void {
      commit(moveNodes(get().graph, new Map(get().flowNodes.map((node) => [node.id, node.position]))));
    },

    nudge(ids: readonly string[], by: { x: number; y: number }): void {
      const moved = get().graph.nodes.filter((node) => ids.includes(node.id));
      const to = new Map(moved.map((node) => [node.id, { x: node.position.x + by.x, y: node.position.y + by.y }]));
      commit(moveNodes(get().graph, to), { burst: "nudge" });
    },

    tidyUp(): void {
      const { graph, flowNodes, catalog } = get();
      commit(moveNodes(graph, autoLayout(graph, sizesOf(flowNodes), catalog)));
    },

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
    setSave: (save: EditorState["save"], revision?: number) =>
      set(revision === undefined ? { save } : { save, revision }),
    rename: (name: string) => set({ name, save: get().save.kind === "conflict" ? get().save : { kind: "unsaved" } }),

    /** Jumps to what a problem is about: chooses its step and asks the inspector to focus the field. */
    showProblem(nodeId: string | null, field: string): void {
      select(nodeId ? [nodeId] : []);
      set({ isInspectorOpen: true, focusField: { nodeId, field, count: (get().focusField?.count ?? 0) + 1 } });
    },
  };
}
