"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { type Autosave, startAutosave } from "./autosave.ts";
import { useEditorStore } from "./editor-state/editor-context.tsx";
import { useEditorWorld } from "./editor-world.tsx";

const Context = createContext<Pick<Autosave, "flush">>({ flush: async () => false });

/** Keeps the draft stored while the editor is open, and warns before a tab with unsaved work is closed. */
export function AutosaveProvider({ children }: { children: ReactNode }) {
  const store = useEditorStore();
  const { saveDraft } = useEditorWorld();
  const save = useRef(saveDraft);
  save.current = saveDraft;
  const running = useRef<Autosave>(undefined);
  useEffect(() => {
    const autosave = startAutosave(store, (input) => save.current(input), Date.now);
    running.current = autosave;
    const onLeave = (event: BeforeUnloadEvent) => {
      if (store.getState().save.kind !== "saved") event.preventDefault();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      // Leaving by a link inside the app: what was typed in the last moment is still sent.
      void autosave.flush();
      autosave.stop();
    };
  }, [store]);
  const value = useMemo(() => ({ flush: async () => running.current?.flush() ?? false }), []);
  return <Context value={value}>{children}</Context>;
}

export const useAutosave = () => useContext(Context);
