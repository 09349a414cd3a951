"use client";

import { type Node, useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback } from "react";

/** From this width on there is room for the map in the corner of the canvas. */
const mapFromWidth = 1200;
/** Below this width the tools over the canvas reach its middle, where the first step stands. */
const narrow = 760;
const toolsHeight = 72;
const smallest = 0.5;
const readable = 0.7;

/**
 * "Zoom to fit": all steps in sight, never smaller than half and never larger than life, and clear of the map where there is
 * one; `edge` is the room that lies over the canvas at its top and foot. A flow too large for that is shown from its start: a middle without its beginning tells nobody anything.
 */
export function useFit() {
  const { fitView, getNodes, setCenter } = useReactFlow();
  const canvas = useStoreApi();
  return useCallback(
    ({ hasMap = true, duration = 200, edge = 28 } = {}) => {
      const nodes = getNodes();
      const { width, height } = canvas.getState();
      // An empty canvas waits for a trigger at its top: the flow will grow downwards.
      if (nodes.length === 0) return void setCenter(130, height / 2 - 64, { zoom: 1, duration });
      const bounds = boundsOf(nodes);
      const top = width < narrow ? Math.max(edge, toolsHeight) : edge;
      const left = hasMap && window.innerWidth >= mapFromWidth ? 184 : 28;
      const isTooLarge = bounds.height * smallest > height - top - edge || bounds.width * smallest > width - left - 28;
      const first = nodes.toSorted((a, b) => a.position.y - b.position.y)[0];
      if (isTooLarge && first) {
        const isWide = bounds.width * readable > width - left - 28;
        const middle = isWide ? first.position.x + 130 : bounds.x + bounds.width / 2;
        const x = middle - (left - 28) / 2 / readable;
        const y = first.position.y + (height / 2 - top - 12) / readable;
        return void setCenter(x, y, { zoom: readable, duration });
      }
      const padding = { top: `${top}px`, bottom: `${edge}px`, left: `${left}px`, right: "28px" } as const;
      void fitView({ minZoom: smallest, maxZoom: 1, padding, duration });
    },
    [fitView, getNodes, setCenter, canvas],
  );
}

/** A card before it has been measured. */
const usualSize = { width: 260, height: 96 };

/** React Flow's own answer counts what is not drawn yet as a point. */
function boundsOf(nodes: readonly Node[]) {
  const boxes = nodes.map(({ position, measured }) => ({
    ...position,
    right: position.x + (measured?.width ?? usualSize.width),
    bottom: position.y + (measured?.height ?? usualSize.height),
  }));
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return { x, y, width: right - x, height: bottom - y };
}
