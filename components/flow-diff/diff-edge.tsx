"use client";

import { BaseEdge, type Edge, type EdgeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { edgePath } from "#components/flow-canvas/edge-path.ts";
import type { Overlay } from "./overlay-graphs.ts";

export type DiffEdgeLine = Edge<{ kind: Overlay["edges"][number]["kind"]; shift: number; isDim: boolean }, "step">;

const inks = { same: "var(--canvas-edge)", added: "var(--success)", removed: "var(--danger)" } as const;

/** A connection of two compared graphs: green where it is new, red and dashed where it is gone. */
export const DiffEdge = memo(function DiffEdge(props: EdgeProps<DiffEdgeLine>) {
  const { id, sourceY, targetY, sourcePosition, data, selected } = props;
  const kind = data?.kind ?? "same";
  const side = sourcePosition === Position.Right ? "right" : "bottom";
  const shift = data?.shift ?? 0;
  const targetX = props.targetX + shift;
  // A way out at the side leaves its card there, whatever runs beside it.
  const sourceX = props.sourceX + (side === "bottom" ? shift : 0);
  const { path } = edgePath({ x: sourceX, y: sourceY, side }, { x: targetX, y: targetY - 3 });
  const style = {
    stroke: inks[kind],
    strokeWidth: selected ? 3 : kind === "same" ? 1.5 : 2,
    strokeDasharray: kind === "removed" ? "5 4" : undefined,
    opacity: data?.isDim ? 0.4 : 1,
  };
  return (
    <g data-testid="diff-edge" data-change={kind}>
      <BaseEdge id={id} path={path} style={style} interactionWidth={18} />
      <path
        d={`M ${targetX - 4} ${targetY - 11} L ${targetX} ${targetY - 6} L ${targetX + 4} ${targetY - 11}`}
        fill="none"
        style={{ ...style, strokeDasharray: undefined }}
      />
    </g>
  );
});
