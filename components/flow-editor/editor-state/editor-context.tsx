"use client";

import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { EditorActions, EditorState, EditorStore } from "./editor-store.ts";
import type { SettledState } from "./settled.ts";

const Context = createContext<EditorStore | null>(null);

export function EditorProvider({ store, children }: { store: EditorStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>;
}

/** The store itself, for event handlers that read without drawing again. */
export function useEditorStore(): EditorStore {
  const store = useContext(Context);
  if (!store) throw new Error("Parts of the flow editor must stand inside its provider.");
  return store;
}

/** A part of the editor's state; the component is drawn again only when that part changes. */
export const useEditor = <Part,>(select: (state: EditorState) => Part): Part => useStore(useEditorStore(), select);

/**
 * Several parts for what stands on the canvas by the hundred: one question for all of them, and none while something is only moved. Drawn
 * again when one of the parts changes.
 */
export const useSettled = <Parts extends object>(select: (state: SettledState) => Parts): Parts =>
  useStore(useEditorStore().settled, useShallow(select));

export const useEditorActions = (): EditorActions => useEditorStore().actions;

/** Whether there is something to undo or redo. */
export function useHistory(): { canUndo: boolean; canRedo: boolean } {
  const { temporal } = useEditorStore();
  const canUndo = useStore(temporal, (history) => history.pastStates.length > 0);
  const canRedo = useStore(temporal, (history) => history.futureStates.length > 0);
  return { canUndo, canRedo };
}
