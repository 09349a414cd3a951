"use client";

import { useEffect, useMemo, useState } from "react";
import type { StepNode } from "../editor-state/derive-canvas.ts";

/** A flow of a usual size is drawn whole. */
const usualFlow = 48;
/** More than a window shows of a larger one, which opens at its first step: in the canvas's own units, to either side and downwards. */
const inSight = { beside: 1000, below: 1500 };
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
      return isLater && !node.selected && !node.hidden ? withheld(node) : node;
    });
  }, [steps, waiting, drawn, isWhole]);
}

const remembered = new WeakMap<StepNode, StepNode>();

/** The same object each time: React Flow looks anew at every step that it does not know. */
function withheld(node: StepNode): StepNode {
  const known = remembered.get(node) ?? { ...node, hidden: true };
  remembered.set(node, known);
  return known;
}

/** Which steps do not come at once, by their turn (1 is the first), the nearest to the flow's top first. */
export function farSteps(steps: readonly StepNode[]): ReadonlyMap<string, number> {
  const top = steps.toSorted((a, b) => a.position.y - b.position.y)[0]?.position;
  if (!top || steps.length <= usualFlow) return new Map();
  const away = ({ position }: StepNode) => Math.hypot(position.x - top.x, position.y - top.y);
  const isNear = ({ position }: StepNode) =>
    Math.abs(position.x - top.x) <= inSight.beside && position.y - top.y <= inSight.below;
  const nearest = steps.toSorted((a, b) => away(a) - away(b));
  const far = nearest.filter((node, index) => index >= usualFlow || !isNear(node));
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
