import type { StoreApi } from "zustand/vanilla";
import type { EditorState } from "./editor-store.ts";

/** Where things stand, how large they are and what is chosen: while something is dragged it changes with every frame. */
const moving = ["flowNodes", "flowNotes", "flowGroups", "flowEdges"] as const satisfies (keyof EditorState)[];

/** The editor's state without what moves. */
export type SettledState = Omit<EditorState, (typeof moving)[number]>;

export type Settled = Pick<StoreApi<SettledState>, "getState" | "getInitialState" | "subscribe">;

/**
 * The same store for the hundreds of cards and lines, who need not be asked whether anything is new to them while something is only
 * moved: they hear of all other changes, and their selectors cannot read what moves.
 */
export function settled(store: StoreApi<EditorState>): Settled {
  const listeners = new Set<Parameters<Settled["subscribe"]>[0]>();
  store.subscribe((state, before) => {
    if (isMoveOnly(state, before)) return;
    for (const listener of [...listeners]) listener(state, before);
  });
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const movingKeys: ReadonlySet<string> = new Set(moving);

const isMoveOnly = (state: EditorState, before: EditorState): boolean =>
  Object.entries(state).every(([key, part]) => movingKeys.has(key) || part === Reflect.get(before, key));
