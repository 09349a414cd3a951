"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect } from "react";
import { cardId } from "./card-id.ts";
import type { StepNode } from "./editor-state/derive-canvas.ts";
import { useEditor, useEditorStore } from "./editor-state/editor-context.tsx";

const margin = 24;
const nearEnough = 0.7;

/** Moves the canvas to a step unless all of it is in sight already: a picture that jumps at every click is hard to follow. */
export function useBringIntoSight() {
  const { getZoom, setCenter, getInternalNode, flowToScreenPosition } = useReactFlow<StepNode>();
  const canvas = useStoreApi();
  return useCallback(
    (nodeId: string, minZoom = 0) => {
      const node = getInternalNode(nodeId);
      const box = canvas.getState().domNode?.getBoundingClientRect();
      if (!node || !box) return;
      const { x, y } = node.internals.positionAbsolute;
      const { width = 260, height = 80 } = node.measured;
      const from = flowToScreenPosition({ x, y });
      const to = flowToScreenPosition({ x: x + width, y: y + height });
      const isInside =
        from.x > box.left + margin &&
        from.y > box.top + margin &&
        to.x < box.right - margin &&
        to.y < box.bottom - margin;
      if (isInside && getZoom() >= minZoom) return;
      void setCenter(x + width / 2, y + height / 2, { zoom: Math.max(getZoom(), minZoom), duration: 200 });
    },
    [canvas, getZoom, setCenter, getInternalNode, flowToScreenPosition],
  );
}

/** Follows what one draws: a step just added outside the picture is brought into it. */
export function useFollowAddedStep(): void {
  const added = useEditor((state) => state.added);
  const bringIntoSight = useBringIntoSight();
  useEffect(() => {
    if (!added) return;
    // The card is drawn with this frame and measured with the next.
    const timer = setTimeout(() => bringIntoSight(added), 60);
    return () => clearTimeout(timer);
  }, [added, bringIntoSight]);
}

/** Chooses a step, brings it into sight and gives its card the keyboard's focus. */
export function useShowStep() {
  const store = useEditorStore();
  const bringIntoSight = useBringIntoSight();
  return useCallback(
    (nodeId: string, { keepsFocus = false } = {}) => {
      const isHidden = store.getState().flowNodes.some((node) => node.id === nodeId && node.hidden);
      if (isHidden) store.actions.reveal(nodeId);
      store.actions.select([nodeId]);
      const show = () => {
        bringIntoSight(nodeId, keepsFocus ? nearEnough : 0);
        if (!keepsFocus) document.getElementById(cardId(nodeId))?.focus({ preventScroll: true });
      };
      // A card that was hidden is drawn with this frame and measured with the next.
      if (isHidden) setTimeout(show, 60);
      else show();
    },
    [store, bringIntoSight],
  );
}
