"use client";

import { useEffect } from "react";
import { same } from "#components/flow-words/graph-change.ts";
import { useEditorStore } from "./editor-state/editor-context.tsx";
import type { EditorStore } from "./editor-state/editor-store.ts";
import { readHistory, writeHistory } from "./editor-state/history-text.ts";
import { useEditorWorld } from "./editor-world.tsx";

const quietMs = 800;

/** Keeps the tab's undo history over a reload, and with it what could not be saved before. Each tab has its own. */
export function useKeptHistory(): void {
  const store = useEditorStore();
  const { flowId } = useEditorWorld();
  useEffect(() => {
    const key = `chasqui.history.${flowId}`;
    restore(store, sessionStorage.getItem(key));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      clearTimeout(timer);
      keep(store, key);
    };
    const unsubscribe = store.subscribe((state, before) => {
      if (state.graph === before.graph && state.revision === before.revision) return;
      clearTimeout(timer);
      timer = setTimeout(write, quietMs);
    });
    window.addEventListener("pagehide", write);
    return () => {
      unsubscribe();
      window.removeEventListener("pagehide", write);
      write();
    };
  }, [store, flowId]);
}

function keep(store: EditorStore, key: string): void {
  const { graph, revision, save, canEdit } = store.getState();
  const { past, future } = store.actions.history();
  if (!canEdit || past.length + future.length === 0) return;
  const text = writeHistory({ past, current: graph, future }, { revision, isSaved: save.kind === "saved" });
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // The browser's room is used up: this tab's history then ends with the reload.
    sessionStorage.removeItem(key);
  }
}

/** Only where the draft is still the one the history belongs to: a colleague's changes are never undone by accident. */
function restore(store: EditorStore, text: string | null): void {
  const kept = text ? readHistory(text) : null;
  if (!kept) return;
  const { graph, revision } = store.getState();
  if (same(kept.current, graph)) store.actions.restoreHistory(kept);
  else if (!kept.isSaved && kept.revision === revision)
    store.actions.restoreHistory({ ...kept, unsaved: kept.current });
}
