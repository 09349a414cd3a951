"use client";

import {
  type EdgeMouseHandler,
  type NodeMouseHandler,
  NodeToolbar,
  Panel,
  Position,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";
import { FlowCanvas } from "#components/flow-canvas/flow-canvas.tsx";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import { ZoomControls } from "#components/flow-canvas/zoom-controls.tsx";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { DiffGroupFrame, DiffNoteCard } from "./diff-aids.tsx";
import { DiffCard } from "./diff-card.tsx";
import { DiffEdge, type DiffEdgeLine } from "./diff-edge.tsx";
import { Legend } from "./legend.tsx";
import { overlayGraphs } from "./overlay-graphs.ts";
import { type DrawnNode, useDiffNodes } from "./use-diff-nodes.ts";

const nodeTypes = { step: DiffCard, note: DiffNoteCard, frame: DiffGroupFrame };
const edgeTypes = { step: DiffEdge };

/** From this width on a step and what changed in it stand beside each other. */
const roomyWidth = 600;

/** What is chosen: a step, a note or a group, or a connection by the name that `wayOf` gives it. */
export type Chosen = { group: "steps" | "connections" | "aids"; id: string } | null;

type DiffCanvasProps = {
  before: Graph;
  after: Graph;
  catalog: Catalog;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  /** Dims what is the same. */
  isDimmed: boolean;
  /** Beside the chosen step: what changed in it. */
  detail: ReactNode;
};

/** Two graphs over each other, to be read and walked, not to be edited. */
export function DiffCanvas(props: DiffCanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ before, after, catalog, chosen, onChoose, isDimmed, detail }: DiffCanvasProps) {
  const t = useTranslations("flowDiff");
  const zoomToFit = useFit();
  const overlay = useMemo(() => overlayGraphs(before, after), [before, after]);
  const hasRoom = useStore(({ width }) => width >= roomyWidth);
  useCentre(chosen, overlay, hasRoom);
  const { nodes, onNodesChange } = useDiffNodes({ overlay, catalog, isDimmed, chosen });
  const edges = useMemo(
    () =>
      overlay.edges.map(({ edge, id, kind, shift }): DiffEdgeLine => {
        const { source, sourceHandle, target } = edge;
        const isChosen = chosen?.group === "connections" && chosen.id === id;
        const data = { kind, shift, isDim: isDimmed && kind === "same" };
        return { id, type: "step", source, sourceHandle, target, targetHandle: "in", data, selected: isChosen };
      }),
    [overlay, isDimmed, chosen],
  );
  const onNodeClick: NodeMouseHandler<DrawnNode> = (_, node) =>
    onChoose(node.data.kind === "same" ? null : { group: node.type === "step" ? "steps" : "aids", id: node.id });
  const onEdgeClick: EdgeMouseHandler<DiffEdgeLine> = (_, edge) =>
    onChoose(edge.data?.kind === "same" ? null : { group: "connections", id: edge.id });
  const isOnCanvas = chosen !== null && chosen.group !== "connections";
  return (
    <section aria-label={t("label")} className="relative h-full min-w-0 flex-1" data-testid="flow-diff">
      <FlowCanvas<DrawnNode, DiffEdgeLine>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onNodeClick={onNodeClick}
        onEdgeClick={onEdgeClick}
        onPaneClick={() => onChoose(null)}
        nodesDraggable={false}
        nodesConnectable={false}
        preventScrolling={false}
        zoomOnScroll={false}
        onInit={() => zoomToFit({ duration: 0, hasMap: false, edge: 56 })}
      >
        {isOnCanvas && detail && !hasRoom ? (
          <Panel position="bottom-center" className="!m-2 z-10">
            {detail}
          </Panel>
        ) : null}
        {isOnCanvas && detail && hasRoom ? (
          <NodeToolbar
            nodeId={chosen.id}
            isVisible
            position={Position.Right}
            align="start"
            offset={14}
            className="z-10"
          >
            {detail}
          </NodeToolbar>
        ) : null}
        {chosen && !hasRoom ? null : (
          <Panel position="bottom-left" className="!m-3">
            <ZoomControls />
          </Panel>
        )}
        <Panel position="top-left" className="!m-3 max-sm:hidden">
          <Legend />
        </Panel>
      </FlowCanvas>
    </section>
  );
}

/** Brings what was chosen to the middle, a connection with both its ends. */
function useCentre(chosen: Chosen, overlay: ReturnType<typeof overlayGraphs>, hasRoom: boolean): void {
  const { fitView, getNode } = useReactFlow();
  useEffect(() => {
    if (!chosen) return;
    const edge = chosen.group === "connections" ? overlay.edges.find(({ id }) => id === chosen.id)?.edge : undefined;
    const ids = (edge ? [edge.source, edge.target] : [chosen.id]).filter((id) => getNode(id));
    if (ids.length === 0) return;
    // What changed in a step is told at its right.
    const right = hasRoom && !edge ? ("356px" as const) : ("40px" as const);
    const padding = { top: "64px", bottom: "64px", left: "40px", right } as const;
    void fitView({ nodes: ids.map((id) => ({ id })), minZoom: 0.5, maxZoom: 0.9, padding, duration: 200 });
  }, [chosen, overlay, hasRoom, fitView, getNode]);
}
