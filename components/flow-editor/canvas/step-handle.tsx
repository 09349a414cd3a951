"use client";

import { Handle as FlowHandle, Position } from "@xyflow/react";
import type { CSSProperties } from "react";
import { cn } from "#components/ui/cn.ts";
import { useEditor } from "../editor-state/editor-context.tsx";

type WayOutProps = {
  nodeId: string;
  handleId: string;
  side: "bottom" | "right";
  label: string;
  className?: string;
  style?: CSSProperties;
};

/** A way out one can draw from: filled when it leads somewhere. Its whole name is its tooltip. */
export function WayOut({ nodeId, handleId, side, label, className, style }: WayOutProps) {
  const isConnected = useEditor((state) => state.connectedOf.get(nodeId)?.includes(handleId) ?? false);
  const isWalk = useEditor(
    (state) => state.walkHandle === handleId && state.flowNodes.some((node) => node.id === nodeId && node.selected),
  );
  return (
    <FlowHandle
      id={handleId}
      type="source"
      position={side === "bottom" ? Position.Bottom : Position.Right}
      title={label}
      data-way-out={handleId}
      className={cn(isConnected && "is-connected", isWalk && "is-walk", className)}
      style={style}
    />
  );
}

/** Where edges arrive: the middle of the top. */
export function WayIn({ nodeId, label }: { nodeId: string; label: string }) {
  return <FlowHandle id="in" type="target" position={Position.Top} title={label} data-way-in={nodeId} />;
}
