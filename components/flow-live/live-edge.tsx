"use client";

import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useFormatter } from "use-intl";
import { edgePath } from "#components/flow-canvas/edge-path.ts";
import { cn } from "#components/ui/cn.ts";
import { edgeWidth } from "./live-figures.ts";

export type LiveLine = Edge<
  {
    n: number;
    entered: number;
    walked: "no" | "on" | "off" /** An end nobody wants: a lighter line. */;
    isSide: boolean;
  },
  "step"
>;

/** A way between steps, as wide as its share of those who entered, with the number on it. */
export const LiveEdge = memo(function LiveEdge(props: EdgeProps<LiveLine>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, data } = props;
  const format = useFormatter();
  const { n = 0, entered = 0, walked = "no", isSide = false } = data ?? {};
  const side = sourcePosition === Position.Right ? "right" : "bottom";
  const { path, middle } = edgePath({ x: sourceX, y: sourceY, side }, { x: targetX, y: targetY - 3 });
  const ink = isSide ? "var(--border-strong)" : "var(--accent)";
  return (
    <g data-testid="live-edge" data-edge={id} data-n={n}>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={0}
        style={{
          stroke: n === 0 ? "var(--canvas-edge)" : isSide ? ink : `color-mix(in srgb, ${ink} 34%, var(--bg))`,
          strokeWidth: edgeWidth(n, entered),
          strokeDasharray: n === 0 ? "3 4" : undefined,
          opacity: walked === "off" ? 0.35 : 1,
        }}
        className="transition-[stroke-width] duration-200 motion-reduce:transition-none"
      />
      {walked === "on" ? <path d={path} fill="none" style={{ stroke: "var(--accent)", strokeWidth: 2.5 }} /> : null}
      <EdgeLabelRenderer>
        <span
          className={cn(
            "tabular pointer-events-none absolute rounded-full border border-border bg-surface px-2 font-semibold text-mini leading-4",
            walked === "off" && "opacity-50",
          )}
          style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
        >
          {format.number(n)}
        </span>
      </EdgeLabelRenderer>
    </g>
  );
});
