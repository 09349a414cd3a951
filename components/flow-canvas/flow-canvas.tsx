"use client";

import "./canvas.css";
import {
  Background,
  BackgroundVariant,
  type Edge,
  type Node,
  ReactFlow,
  type ReactFlowProps,
  useStore,
} from "@xyflow/react";
import { type PointerEvent, useMemo } from "react";
import { cn } from "#components/ui/cn.ts";
import { standingAt } from "./standing-at.ts";

/**
 * React Flow as every canvas of ours uses it: our dots on the ground, our keyboard instead of its own, and frames that stay cheap with
 * hundreds of steps. Takes all that React Flow takes.
 */
export function FlowCanvas<N extends Node, E extends Edge>({ nodes, children, ...props }: ReactFlowProps<N, E>) {
  // One class for all cards: crossing the line draws no card anew.
  const isFar = useStore((state) => state.transform[2] < 0.6);
  return (
    <ReactFlow<N, E>
      className={cn("flow-canvas", isFar && "is-far")}
      nodes={useMemo(() => nodes?.map(standingAt), [nodes])}
      onPointerMove={holdPointer}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      minZoom={0.2}
      maxZoom={1.4}
      zoomOnDoubleClick={false}
      {...props}
    >
      {ground}
      {children}
    </ReactFlow>
  );
}

const ground = <Background variant={BackgroundVariant.Dots} gap={20} size={2} />;

/**
 * While something is moved, it has the pointer: otherwise the browser asks with every move which of all cards and lines lies under it,
 * which takes longer than the frame where hundreds are in sight.
 */
function holdPointer({ target, buttons, pointerId }: PointerEvent<HTMLDivElement>): void {
  if (buttons === 0 || !(target instanceof Element)) return;
  const moved = target.closest(".react-flow__node.dragging") ?? target.closest(".react-flow__pane.dragging");
  if (moved && !moved.hasPointerCapture(pointerId)) moved.setPointerCapture(pointerId);
}
