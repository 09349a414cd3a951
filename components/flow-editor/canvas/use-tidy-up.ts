"use client";

import { useCallback } from "react";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import { useEditorStore } from "../editor-state/editor-context.tsx";
import type { EditorStore } from "../editor-state/editor-store.ts";
import type { Point } from "../editor-state/graph-edits.ts";

const glideMs = 260;
/** Of more steps than this nobody follows the single ones. */
const mostToFollow = 200;

/** "Tidy up": the steps glide to their new places, so that one sees which went where. One entry in the undo history. */
export function useTidyUp() {
  const store = useEditorStore();
  const zoomToFit = useFit();
  return useCallback(() => {
    if (!store.getState().canEdit) return;
    const places = store.actions.tidyPlaces();
    glide(store, places, () => {
      store.actions.moveTo(places);
      // The new places reach React Flow with the next frame.
      requestAnimationFrame(() => zoomToFit());
    });
  }, [store, zoomToFit]);
}

function glide(store: EditorStore, to: ReadonlyMap<string, Point>, arrive: () => void): void {
  const { graph, flowNodes, flowNotes } = store.getState();
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches || to.size > mostToFollow;
  if (isStill) {
    arrive();
    return;
  }
  const from = new Map([...flowNodes, ...flowNotes].map((node) => [node.id, node.position]));
  const start = performance.now();
  const frame = () => {
    // Somebody went on drawing: their act counts, not the rest of the way.
    if (store.getState().graph !== graph) return;
    const share = Math.min(1, (performance.now() - start) / glideMs);
    if (share === 1) {
      arrive();
      return;
    }
    const eased = 1 - (1 - share) ** 3;
    store.actions.placeForNow(
      new Map([...to].map(([id, end]) => [id, between(from.get(id) ?? end, end, eased)] as const)),
    );
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});
