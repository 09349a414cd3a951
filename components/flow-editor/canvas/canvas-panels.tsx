"use client";

import { MiniMap, Panel } from "@xyflow/react";
import { useTranslations } from "use-intl";
import { familyOf } from "#components/flow-canvas/step-icon.tsx";
import { ZoomControls } from "#components/flow-canvas/zoom-controls.tsx";
import { familyColour } from "#components/flow-thumbnail/family-colour.ts";
import type { CanvasNode } from "../editor-state/canvas-actions.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { CanvasTools } from "./canvas-tools.tsx";
import { PathBar } from "./path-bar.tsx";
import { SelectionBar } from "./selection-bar.tsx";

/** What floats over the drawing: map, zoom, tools, and what stands there for a moment. */
export function CanvasPanels() {
  const isTesting = useEditor((state) => state.drawer === "test" || state.drawer === "backtest");
  return (
    <>
      {isTesting ? null : (
        <Panel position="bottom-left" className="!m-3.5 space-y-1.5">
          <FlowMap />
          <ZoomControls />
        </Panel>
      )}
      <Panel position="bottom-center" className="!m-3.5">
        <SelectionBar />
      </Panel>
      <Panel position="top-center" className="!m-3.5">
        <PathBar />
      </Panel>
      <Panel position="top-right" className="!m-3.5">
        {isTesting ? <ZoomControls /> : <CanvasTools />}
      </Panel>
    </>
  );
}

const mapSize = { width: 152, height: 104 };

function FlowMap() {
  const t = useTranslations("flowEditor.canvas");
  const isEmpty = useEditor((state) => state.graph.nodes.length === 0);
  if (isEmpty) return null;
  return (
    <MiniMap<CanvasNode>
      ariaLabel={t("map")}
      className="!relative hidden min-[1200px]:block"
      style={mapSize}
      nodeColor={mapColour}
      nodeBorderRadius={20}
      pannable
      zoomable
    />
  );
}

function mapColour(node: CanvasNode): string {
  if (node.type === "note") return "var(--warning-border)";
  if (node.type === "frame") return "color-mix(in srgb, var(--border-strong) 45%, transparent)";
  return `color-mix(in srgb, ${familyColour[familyOf(node.data.step.type)]} 55%, var(--surface))`;
}
