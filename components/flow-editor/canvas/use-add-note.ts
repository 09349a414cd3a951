"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback } from "react";
import { useSession } from "#components/session/session-provider.tsx";
import { useEditorStore } from "../editor-state/editor-context.tsx";

const noteSize = { width: 176, height: 96 };

/** Puts an empty note into the part of the canvas that is in sight, where no card lies under it, and lets one write. */
export function useAddNote() {
  const store = useEditorStore();
  const { name } = useSession();
  const { screenToFlowPosition } = useReactFlow();
  const canvas = useStoreApi();
  return useCallback(() => {
    const box = canvas.getState().domNode?.getBoundingClientRect();
    if (!box) return;
    const at = screenToFlowPosition({ x: box.left + 32, y: box.top + 72 });
    const { flowNodes, flowNotes } = store.getState();
    const isTaken = () =>
      [...flowNodes, ...flowNotes].some(
        ({ position, measured }) =>
          position.x < at.x + noteSize.width + 8 &&
          at.x < position.x + (measured?.width ?? 260) + 8 &&
          position.y < at.y + noteSize.height + 8 &&
          at.y < position.y + (measured?.height ?? 96) + 8,
      );
    while (isTaken()) at.y += 24;
    store.actions.addNote(name, { x: Math.round(at.x), y: Math.round(at.y) });
  }, [store, canvas, name, screenToFlowPosition]);
}
