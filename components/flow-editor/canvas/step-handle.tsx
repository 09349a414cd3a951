"use client";

import { Handle as FlowHandle, Position } from "@xyflow/react";
import type { CSSProperties } from "react";
import { cn } from "#components/ui/cn.ts";

/** A step's ways out as they stand: those that lead somewhere, and the one that the arrow keys follow next. */
export type Ways = { connected: readonly string[] | undefined; walkHandle: string | null };

type WayOutProps = {
  ways: Ways;
  handleId: string;
  side: "bottom" | "right";
  label: string;
  style?: CSSProperties;
};

/** A way out one can draw from: filled when it leads somewhere. Its whole name is its tooltip. */
export function WayOut({ ways: { connected, walkHandle }, handleId, side, label, style }: WayOutProps) {
  return (
    <FlowHandle
      id={handleId}
      type="source"
      position={side === "bottom" ? Position.Bottom : Position.Right}
      title={label}
      data-way-out={handleId}
      className={cn(connected?.includes(handleId) && "is-connected", walkHandle === handleId && "is-walk")}
      style={style}
    />
  );
}

/** Where edges arrive: the middle of the top. */
export function WayIn({ nodeId, label }: { nodeId: string; label: string }) {
  return <FlowHandle id="in" type="target" position={Position.Top} title={label} data-way-in={nodeId} />;
}
