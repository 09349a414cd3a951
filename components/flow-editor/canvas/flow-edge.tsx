"use client";

import { BaseEdge, EdgeLabelRenderer, type EdgeProps, type Node, Position, useStore } from "@xyflow/react";
import { Plus } from "lucide-react";
import { memo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { edgePath } from "#components/flow-canvas/edge-path.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { StepEdge } from "../editor-state/derive-canvas.ts";
import { useEditor, useEditorActions, useSettled } from "../editor-state/editor-context.tsx";
import type { SettledState } from "../editor-state/settled.ts";

/** The pointer may cross the gap between line and button without losing it. */
const lingerMs = 180;

/** A way from step to step: rounded, with an arrow at its end and a + in its middle when one points at it. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<StepEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, selected } = props;
  const { isNear, enter, leave } = useLinger();
  const { canEdit, mark, traffic } = useSettled((state) => ({
    canEdit: state.canEdit && state.run === null,
    mark: markOf(state, id),
    traffic: state.run?.traffic?.get(id),
  }));
  const side = sourcePosition === Position.Right ? "right" : "bottom";
  // A yes or no and not the cards themselves, so that a line is only drawn anew when a card comes into its way.
  const isBlocked = useStore(({ nodes }) => side === "right" && nodes.some(standsBetween(sourceX, targetX, sourceY)));
  const { path, middle } = edgePath({ x: sourceX, y: sourceY, side }, { x: targetX, y: targetY - 3 }, () => isBlocked);
  const isBright = selected || isNear || mark === "taken";
  const style = {
    stroke: isBright ? "var(--accent)" : "var(--canvas-edge)",
    strokeWidth: mark === "taken" && !traffic ? 2.5 : isBright ? 2 : 1.5,
    opacity: mark === "idle" ? 0.5 : 1,
    transition: "stroke 100ms, stroke-width 100ms",
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing only shows the button; keyboards have it in the card's menu
    <g onMouseEnter={enter} onMouseLeave={leave} data-testid="edge">
      {traffic ? <TrafficBand path={path} share={traffic.share} /> : null}
      <BaseEdge id={id} path={path} style={style} interactionWidth={22} />
      <path
        d={`M ${targetX - 4} ${targetY - 11} L ${targetX} ${targetY - 6} L ${targetX + 4} ${targetY - 11}`}
        fill="none"
        style={style}
      />
      {traffic ? <TrafficPill text={traffic.text} at={middle} /> : null}
      {isNear && canEdit ? (
        <EdgeLabelRenderer>
          <InsertButton {...props} at={middle} onEnter={enter} onLeave={leave} />
        </EdgeLabelRenderer>
      ) : null}
    </g>
  );
});

function markOf({ run, path }: SettledState, id: string): "none" | "idle" | "taken" {
  const shown = run ?? path;
  return shown ? (shown.edges.has(id) ? "taken" : "idle") : "none";
}

const widestBand = 22;
const leastBand = 2;

/** As wide as its share of all who entered, behind the line itself. */
function TrafficBand({ path, share }: { path: string; share: number }) {
  return (
    <path
      d={path}
      fill="none"
      stroke="color-mix(in srgb, var(--accent) 22%, var(--bg))"
      strokeLinecap="butt"
      strokeWidth={Math.max(leastBand, widestBand * Math.min(1, share))}
      className="transition-[stroke-width] duration-200 motion-reduce:transition-none"
    />
  );
}

function TrafficPill({ text, at }: { text: string; at: { x: number; y: number } }) {
  return (
    <EdgeLabelRenderer>
      <span
        style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
        className="tabular pointer-events-none absolute rounded-full border border-border bg-surface px-1.5 font-medium text-mini text-ink leading-4"
      >
        {text}
      </span>
    </EdgeLabelRenderer>
  );
}

const standsBetween =
  (fromX: number, toX: number, y: number) =>
  ({ position, measured }: Node): boolean =>
    position.x > fromX && position.x < toX && position.y < y && position.y + (measured?.height ?? 0) > y;

type InsertButtonProps = EdgeProps<StepEdge> & {
  at: { x: number; y: number };
  onEnter: () => void;
  onLeave: () => void;
};

function InsertButton({ id, at, onEnter, onLeave }: InsertButtonProps) {
  const t = useTranslations("flowEditor.canvas");
  const { openQuickAdd } = useEditorActions();
  // By its id, because a line out of a collapsed group is drawn from the group and not from the step.
  const edge = useEditor((state) => state.graph.edges.find((candidate) => candidate.id === id));
  if (!edge) return null;
  return (
    <Tooltip text={t("insertStep")} side="right">
      <button
        type="button"
        tabIndex={-1}
        aria-label={t("insertStep")}
        onMouseEnter={onEnter}
        onMouseLeave={onLeave}
        onClick={(event) => {
          event.stopPropagation();
          const place = { from: { nodeId: edge.source, handle: edge.sourceHandle }, position: null };
          openQuickAdd({ at: { x: event.clientX, y: event.clientY + 12 }, place });
        }}
        style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
        className="nodrag nopan pointer-events-auto absolute grid size-5.5 place-items-center rounded-full bg-accent text-on-accent ring-2 ring-bg hover:bg-accent-hover"
      >
        <Plus aria-hidden className="size-3.5" strokeWidth={2.5} />
      </button>
    </Tooltip>
  );
}

function useLinger() {
  const [isNear, setNear] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const enter = () => {
    clearTimeout(timer.current);
    setNear(true);
  };
  const leave = () => {
    timer.current = setTimeout(() => setNear(false), lingerMs);
  };
  return { isNear, enter, leave };
}
