import { useId } from "react";
import { cn } from "#components/ui/cn.ts";
import type { GraphShape } from "#flow/graph-shape.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { familyColour } from "./family-colour.ts";
import { stepIcon } from "./step-icon.ts";
import { layoutThumbnail, nodeSize, type Place } from "./thumbnail-layout.ts";

/** Below this share of its size nothing can be told apart: a longer flow is cut with a fade instead. */
const smallest = 0.6;
const iconSize = 12;

type FlowThumbnailProps = {
  shape: GraphShape;
  /** Width it must fit in; it is drawn no larger than its real size. */
  room?: number;
  /** Never cut, however small it gets: a sign beside a name rather than a picture. */
  isWhole?: boolean;
  className?: string;
};

/** A flow as a small picture on the canvas' ground, drawn from its graph. Decoration: the name stands beside it. */
export function FlowThumbnail({ shape, room = 380, isWhole, className }: FlowThumbnailProps) {
  const fadeId = useId();
  const { nodes, edges, width, height } = layoutThumbnail(shape);
  const shownWidth = isWhole ? width : Math.min(width, room / smallest);
  const isCut = shape.isCut || shownWidth < width;
  return (
    <div aria-hidden className={cn("dot-grid flex items-center justify-center overflow-hidden px-3 py-2.5", className)}>
      <svg
        viewBox={`-2 -2 ${shownWidth + 4} ${height + 4}`}
        // Real size in the attributes, so that the box keeps the drawing's ratio and clips what is cut.
        width={shownWidth + 4}
        height={height + 4}
        className="h-auto max-h-full w-auto max-w-full"
        role="presentation"
      >
        <defs>
          <linearGradient id={fadeId}>
            <stop offset="0.8" stopColor="var(--bg)" stopOpacity="0" />
            <stop offset="1" stopColor="var(--bg)" />
          </linearGradient>
        </defs>
        {edges.map((edge) => (
          <path key={edge.id} d={edge.path} fill="none" stroke="var(--canvas-edge)" strokeWidth={1.25} />
        ))}
        {nodes.map((node) => (
          <StepMark key={node.id} place={node} isTiny={isWhole ?? false} />
        ))}
        {isCut ? <rect x={-2} y={-2} width={shownWidth + 4} height={height + 4} fill={`url(#${fadeId})`} /> : null}
      </svg>
    </div>
  );
}

function StepMark({ place: { type, x, y }, isTiny }: { place: Place; isTiny: boolean }) {
  const node = nodeTypeOf(type);
  const colour = familyColour[node?.family ?? "end"];
  const Icon = stepIcon(node?.icon);
  // At the size of a sign a picture on the step would only be noise: its colour is enough.
  if (isTiny)
    return <rect x={x} y={y} width={nodeSize.width} height={nodeSize.height} rx={5} fill={colour} opacity={0.55} />;
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect
        x={0.5}
        y={0.5}
        width={nodeSize.width - 1}
        height={nodeSize.height - 1}
        rx={4}
        fill="var(--surface)"
        stroke="var(--border-strong)"
      />
      <rect x={-0.5} y={0} width={2} height={nodeSize.height} rx={1} fill={colour} />
      <Icon
        x={(nodeSize.width - iconSize) / 2}
        y={(nodeSize.height - iconSize) / 2}
        width={iconSize}
        height={iconSize}
        color={colour}
      />
    </g>
  );
}
