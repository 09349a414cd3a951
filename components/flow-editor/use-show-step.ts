"use client";

import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { cardId } from "./card-id.ts";
import type { StepNode } from "./editor-state/derive-canvas.ts";
import { useEditorStore } from "./editor-state/editor-context.tsx";

/** Chooses a step, brings it into sight and gives its card the keyboard's focus. */
export function useShowStep() {
  const store = useEditorStore();
  const { getZoom, setCenter, getInternalNode } = useReactFlow<StepNode>();
  return useCallback(
    (nodeId: string, { keepsFocus = false } = {}) => {
      const node = getInternalNode(nodeId);
      store.actions.select([nodeId]);
      if (!node) return;
      const { x, y } = node.internals.positionAbsolute;
      const { width = 260, height = 80 } = node.measured;
      void setCenter(x + width / 2, y + height / 2, { zoom: Math.max(getZoom(), 0.7), duration: 200 });
      if (!keepsFocus) document.getElementById(cardId(nodeId))?.focus({ preventScroll: true });
    },
    [store, getZoom, setCenter, getInternalNode],
  );
}
