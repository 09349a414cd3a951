import type { Graph } from "#flow/graph.ts";
import type { EditorStore } from "./editor-state/editor-store.ts";
import type { SaveResult } from "./editor-world.tsx";

type Save = (input: { revision: number; graph: Graph; name: string }) => Promise<SaveResult>;

export const quietMs = 600;
export const retryMs = 5000;

/**
 * Keeps the draft stored: waits until nothing has changed for a moment, sends one save at a time, and tries again by itself
 * when the server does not answer. A conflict stops it until somebody decided. Returns `flush`, which saves at once and
 * resolves when the draft is stored (false: it could not be), and `stop`.
 */
export function startAutosave(store: EditorStore, save: Save, now: () => number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<void> | null = null;
  const schedule = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delayMs);
  };
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    if (inFlight) return inFlight;
    const { kind } = store.getState().save;
    if (kind !== "unsaved" && kind !== "failed") return;
    inFlight = saveOnce(store, save, now).finally(() => {
      inFlight = null;
    });
    await inFlight;
    const after = store.getState().save.kind;
    if (after === "unsaved") schedule(quietMs);
    if (after === "failed") schedule(retryMs);
  };
  const unsubscribe = store.subscribe((state, before) => {
    const isChanged = state.graph !== before.graph || state.name !== before.name || state.revision > before.revision;
    if (state.save.kind === "unsaved" && isChanged) schedule(quietMs);
  });
  const flush = async (): Promise<boolean> => {
    if (inFlight) await inFlight;
    await run();
    return store.getState().save.kind === "saved";
  };
  const stop = () => {
    clearTimeout(timer);
    unsubscribe();
  };
  return { flush, stop };
}

export type Autosave = ReturnType<typeof startAutosave>;

async function saveOnce(store: EditorStore, save: Save, now: () => number): Promise<void> {
  const { graph, name, revision } = store.getState();
  const { setSave } = store.actions;
  setSave({ kind: "saving" });
  try {
    const result = await save({ revision, graph, name });
    if (result.kind === "conflict") return setSave(result);
    const current = store.getState();
    const isSame = current.graph === graph && current.name === name;
    setSave(isSame ? { kind: "saved", at: now() } : { kind: "unsaved" }, { revision: result.revision, graph });
  } catch {
    setSave({ kind: "failed" });
  }
}
