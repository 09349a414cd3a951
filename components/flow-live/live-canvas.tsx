"use client";

import { Panel, ReactFlowProvider, useReactFlow, useStore } from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { FlowCanvas } from "#components/flow-canvas/flow-canvas.tsx";
import { familyOf } from "#components/flow-canvas/step-icon.tsx";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import { ZoomControls } from "#components/flow-canvas/zoom-controls.tsx";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { LiveGroupFrame, LiveNoteCard } from "./live-aids.tsx";
import { LiveCard } from "./live-card.tsx";
import { LiveEdge, type LiveLine } from "./live-edge.tsx";
import type { LiveFigures } from "./live-figures.ts";
import { type DrawnNode, useLiveNodes, type Walked } from "./use-live-nodes.ts";

const nodeTypes = { step: LiveCard, note: LiveNoteCard, frame: LiveGroupFrame };
const edgeTypes = { step: LiveEdge };

type LiveCanvasProps = {
  graph: Graph;
  catalog: Catalog;
  figures: LiveFigures;
  chosen: string | null;
  onChoose: (nodeId: string | null) => void;
  walked: Walked | null;
  /** Floats at the top left. */
  children: ReactNode;
};

/** The flow as it runs: to be read and walked, not to be edited. */
export function LiveCanvas(props: LiveCanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ graph, catalog, figures, chosen, onChoose, walked, children }: LiveCanvasProps) {
  const t = useTranslations("flowLive");
  const zoomToFit = useFit();
  const onKeyDown = useWalk(graph, onChoose);
  useRefit(chosen !== null);
  const { nodes, onNodesChange } = useLiveNodes({ graph, catalog, figures, chosen, walked });
  const edges = useMemo(() => {
    const typeOf = new Map(graph.nodes.map(({ id, type }) => [id, type]));
    return graph.edges.map(({ id, source, sourceHandle, target }): LiveLine => {
      const n = figures.edges.get(id) ?? 0;
      const isSide = typeOf.get(target) === "exit";
      const data = { n, entered: figures.entered, isSide, walked: walkedEdge(walked, id) };
      return { id, type: "step", source, sourceHandle, target, targetHandle: "in", data };
    });
  }, [graph, figures, walked]);
  return (
    <section
      aria-label={t("canvas")}
      className="relative h-full min-w-0 flex-1"
      data-testid="live-canvas"
      onKeyDown={onKeyDown}
    >
      <FlowCanvas<DrawnNode, LiveLine>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onNodeClick={(_, node) => (node.type === "step" ? onChoose(node.id) : undefined)}
        onPaneClick={() => onChoose(null)}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        panOnScroll
        onInit={() => zoomToFit({ duration: 0, hasMap: false, edge: 56 })}
      >
        <Panel position="top-left" className="!m-3">
          {children}
        </Panel>
        <Panel position="bottom-left" className="!m-3">
          <ZoomControls />
        </Panel>
      </FlowCanvas>
    </section>
  );
}

/** The panel at the side opens and closes: the whole flow is shown in what is left of the canvas. */
function useRefit(hasPanel: boolean): void {
  const zoomToFit = useFit();
  const width = useStore((state) => state.width);
  const fitted = useRef({ hasPanel, width });
  useEffect(() => {
    const isTurned = fitted.current.hasPanel !== hasPanel;
    // The canvas hears of its new width a moment after the panel has taken its own.
    if (isTurned && fitted.current.width === width) return;
    fitted.current = { hasPanel, width };
    if (isTurned) zoomToFit({ hasMap: false, edge: 56 });
  }, [hasPanel, width, zoomToFit]);
}

const walkedEdge = (walked: Walked | null, id: string): "no" | "on" | "off" =>
  !walked ? "no" : walked.edges.has(id) ? "on" : "off";

/** Arrow keys walk along the edges: down to the next step, up to the one before, left and right between ways out. */
function useWalk(graph: Graph, onChoose: (nodeId: string | null) => void) {
  const { getNode } = useReactFlow();
  return (event: KeyboardEvent) => {
    const from = event.target instanceof HTMLElement ? event.target.dataset.step : undefined;
    if (event.key === "Escape") return onChoose(null);
    if (!from) return;
    const ofX = (id: string) => getNode(id)?.position.x ?? 0;
    const onwards = graph.edges.filter(({ source }) => source === from).map(({ target }) => target);
    const back = graph.edges.filter(({ target }) => target === from).map(({ source }) => source);
    const beside = graph.edges
      .filter(({ source }) => back.includes(source))
      .map(({ target }) => target)
      .toSorted((a, b) => ofX(a) - ofX(b));
    const at = beside.indexOf(from);
    const targets: Record<string, string | undefined> = {
      ArrowDown: onwards[0],
      ArrowUp: back[0],
      ArrowLeft: beside[at - 1],
      ArrowRight: beside[at + 1],
    };
    const target = targets[event.key];
    if (!target) return;
    event.preventDefault();
    document.getElementById(`live-${target}`)?.focus();
  };
}

/** The steps that start the flow. */
export const triggersOf = (graph: Graph): ReadonlySet<string> =>
  new Set(graph.nodes.filter(({ type }) => familyOf(type) === "trigger").map(({ id }) => id));
