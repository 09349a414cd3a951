"use client";

import { useEffect, useMemo, useState } from "react";
import type { StepNode } from "../editor-state/derive-canvas.ts";

/** More than a window holds when a flow opens. */
const firstCards = 48;
/** Few enough that a key or a click in between is answered at once. */
const cardsAtOnce = 24;
/** A busy page gets its cards all the same. */
const patienceMs = 200;

/**
 * The steps as the canvas draws them. Of a large flow those around its first step come at once, so that one can begin; the others
 * follow a few at a time while nothing else is to be done. A chosen step never waits.
 */
export function useDrawnSteps(steps: StepNode[]): StepNode[] {
  const [waiting] = useState(() => farSteps(steps));
  const [drawn, setDrawn] = useState(0);
  const isWhole = drawn >= waiting.size;
  useEffect(() => {
    if (isWhole) return;
    return whenIdle(() => setDrawn(drawn + cardsAtOnce));
  }, [isWhole, drawn]);
  return useMemo(() => {
    if (isWhole) return steps;
    return steps.map((node) => {
      const isLater = (waiting.get(node.id) ?? 0) > drawn;
      return isLater && !node.selected && !node.hidden ? { ...node, hidden: true } : node;
    });
  }, [steps, waiting, drawn, isWhole]);
}

/** Which steps do not come at once, by their turn (1 is the first), the nearest to the flow's top first. */
export function farSteps(steps: readonly StepNode[]): ReadonlyMap<string, number> {
  const top = steps.toSorted((a, b) => a.position.y - b.position.y)[0];
  if (!top) return new Map();
  const away = ({ position }: StepNode) => Math.hypot(position.x - top.position.x, position.y - top.position.y);
  const far = steps.toSorted((a, b) => away(a) - away(b)).slice(firstCards);
  return new Map(far.map(({ id }, index) => [id, index + 1]));
}

/** Safari knows no idle time. Answers how to call it off. */
function whenIdle(work: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(work, 16);
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(work, { timeout: patienceMs });
  return () => cancelIdleCallback(id);
}
