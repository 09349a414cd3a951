"use client";

import { type Connection, ConnectionLineType, type OnConnectEnd, SelectionMode, useReactFlow } from "@xyflow/react";
import { type DragEvent, type MouseEvent, useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { FlowCanvas } from "#components/flow-canvas/flow-canvas.tsx";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import type { Graph } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import type { CanvasNode } from "../editor-state/canvas-actions.ts";
import type { StepEdge } from "../editor-state/derive-canvas.ts";
import { useEditor, useEditorStore } from "../editor-state/editor-context.tsx";
import { dragType } from "../palette/drag-type.ts";
import { CanvasPanels } from "./canvas-panels.tsx";
import { CommentCounts } from "./comment-counts.tsx";
import { EmptyCanvas } from "./empty-canvas.tsx";
import { FlowEdge } from "./flow-edge.tsx";
import { GroupFrame } from "./group-frame.tsx";
import { NoteCard } from "./note-card.tsx";
import { StepCard } from "./step-card.tsx";
import { useDrawnSteps } from "./use-drawn-steps.ts";

const nodeTypes = { step: StepCard, note: NoteCard, frame: GroupFrame };
const edgeTypes = { step: FlowEdge };
/** Held while clicking, they add to what is chosen. */
const addingKeys = ["Meta", "Control", "Shift"];

/** The drawing of the flow: React Flow shows what the editor's state derives from the graph and reports back what people do. */
export function Canvas() {
  const t = useTranslations("flowEditor.canvas");
  const dropping = useDropping();
  return (
    <section aria-label={t("label")} className="relative h-full min-w-0 flex-1" {...dropping} data-testid="canvas">
      <CommentCounts>
        <Drawing />
      </CommentCounts>
      <EmptyCanvas />
    </section>
  );
}

/**
 * Drawn anew with every frame of a drag, and cheap because of one thing: whatever it hands to React Flow stays the same object until it
 * changes. A single new function here has React Flow ask every card of the flow.
 */
function Drawing() {
  const nodes = useNodes();
  const edges = useEditor((state) => state.flowEdges);
  const canEdit = useEditor((state) => state.canEdit && state.run === null);
  const reporting = useReporting(canEdit);
  const connecting = useConnecting();
  return (
    <FlowCanvas<CanvasNode, StepEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      {...reporting}
      {...connecting}
      nodesDraggable={canEdit}
      nodesConnectable={canEdit}
      selectionMode={SelectionMode.Partial}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={addingKeys}
      connectionLineType={ConnectionLineType.SmoothStep}
      connectionRadius={28}
      nodeDragThreshold={3}
      maxZoom={1.6}
      panOnScroll
    >
      {tools}
    </FlowCanvas>
  );
}

/** Made once, so that no frame of a drag draws them anew. */
const tools = <CanvasPanels />;

/** What people do on the canvas, told to the editor's state. */
function useReporting(canEdit: boolean) {
  const { actions } = useEditorStore();
  const zoomToFit = useFit();
  return useMemo(() => {
    const settle = (nodes: readonly CanvasNode[]) => actions.settlePositions(nodes.map(({ id }) => id));
    return {
      onNodesChange: actions.applyNodeChanges,
      onEdgesChange: actions.applyEdgeChanges,
      onNodeDragStop: (_: unknown, __: unknown, dragged: CanvasNode[]) => settle(dragged),
      onSelectionDragStop: (_: unknown, dragged: CanvasNode[]) => settle(dragged),
      onNodeClick: (_: unknown, node: CanvasNode) =>
        node.type === "step" ? actions.setInspectorOpen(true) : undefined,
      onNodeDoubleClick: (event: MouseEvent, node: CanvasNode) =>
        canEdit && isWritten(event, node) ? actions.setEditing(node.id) : undefined,
      onInit: () => zoomToFit({ duration: 0 }),
    };
  }, [actions, zoomToFit, canEdit]);
}

/** A double click on a note or on a group's title writes there; one on a button is that button's. */
const isWritten = ({ target }: MouseEvent, { type }: CanvasNode): boolean =>
  type !== "step" && !(target instanceof Element && target.closest("button, input, textarea"));

/** Groups lie under the steps and notes over them. Without either the steps' own list goes to React Flow as it is. */
function useNodes(): CanvasNode[] {
  const steps = useDrawnSteps(useEditor((state) => state.flowNodes));
  const notes = useEditor((state) => state.flowNotes);
  const groups = useEditor((state) => state.flowGroups);
  return useMemo(
    () => (notes.length + groups.length > 0 ? [...groups, ...steps, ...notes] : steps),
    [steps, notes, groups],
  );
}

/** Drawing edges: by drag, by a click on both ends, and to empty ground, where the step menu opens. */
function useConnecting() {
  const store = useEditorStore();
  const { screenToFlowPosition } = useReactFlow();
  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) =>
      store.actions.connect({ nodeId: source, handle: sourceHandle ?? "next" }, target),
    [store],
  );
  const onConnectEnd: OnConnectEnd = useCallback(
    (event, { fromNode, fromHandle, toHandle }) => {
      if (!fromNode || fromHandle?.type !== "source" || toHandle) return;
      const from = { nodeId: fromNode.id, handle: fromHandle.id ?? "next" };
      const at = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!at) return;
      const under =
        event.target instanceof Element ? event.target.closest(".react-flow__node")?.getAttribute("data-id") : null;
      if (under) return takesWays(store.getState(), under) ? store.actions.connect(from, under) : undefined;
      const point = { x: at.clientX, y: at.clientY };
      const position = screenToFlowPosition(point);
      store.actions.openQuickAdd({
        at: point,
        place: { from, position: { x: Math.round(position.x - 130), y: Math.round(position.y) } },
      });
    },
    [store, screenToFlowPosition],
  );
  return { onConnect, onConnectEnd, isValidConnection };
}

const isValidConnection = ({ source, target }: { source: string; target: string }) => source !== target;

/** A way leads to a step that is no trigger; notes and groups are no steps. */
function takesWays({ graph }: { graph: Graph }, id: string): boolean {
  const step = graph.nodes.find((node) => node.id === id);
  return step !== undefined && nodeTypeOf(step.type)?.family !== "trigger";
}

/** A step dragged from the palette: on an edge it goes in between, on empty ground it stands alone. */
function useDropping() {
  const store = useEditorStore();
  const { screenToFlowPosition } = useReactFlow();
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(dragType)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  };
  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(dragType);
    if (!type) return;
    event.preventDefault();
    const edge = edgeUnder(event, store.getState().graph.edges);
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const position = { x: Math.round(at.x - 130), y: Math.round(at.y - 26) };
    store.actions.add(
      type,
      edge ? { from: { nodeId: edge.source, handle: edge.sourceHandle }, position: null } : { from: null, position },
    );
  };
  return { onDragOver, onDrop };
}

function edgeUnder<E extends { id: string }>(event: MouseEvent, edges: readonly E[]): E | undefined {
  const id =
    event.target instanceof Element ? event.target.closest(".react-flow__edge")?.getAttribute("data-id") : null;
  return edges.find((edge) => edge.id === id);
}
