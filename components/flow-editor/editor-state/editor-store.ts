import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { createAidActions } from "./aid-actions.ts";
import { createCanvasActions } from "./canvas-actions.ts";
import { type Derived, derived, judged, nothingDerived } from "./derive-state.ts";
import { createFixActions } from "./fix-actions.ts";
import type { Exit, Point } from "./graph-edits.ts";
import { settled } from "./settled.ts";
import { createStepActions } from "./step-actions.ts";

/** How the draft stands to the stored one. `at` is milliseconds of the browser's clock, only for "Saved 2 s ago". */
export type SaveState =
  | { kind: "saved"; at: number }
  | { kind: "unsaved" }
  | { kind: "saving" }
  | { kind: "failed" }
  | { kind: "conflict"; theirs: { revision: number; graph: Graph; updatedBy: string } };

/** Where a new step goes: behind a way out, at a point of the canvas, or (neither) where there is room. */
export type AddPlace = { from: Exit | null; position: Point | null };

/** The step menu that opens on the canvas; `at` is in pixels of the browser window. */
export type QuickAdd = { at: Point; place: AddPlace };

/** What a run says on a step's card. */
export type Stamp = { text: string; tone: "done" | "waiting" | "stopped" | "count" };

/** What a run of the test bench, or a backtest, shows on the canvas. */
export type RunMarks = {
  /** By edge: how many went this way, in words, and their share of all who entered (0 to 1). Without it no edge has a width. */
  traffic?: ReadonlyMap<string, { share: number; text: string }>;
  stamps: ReadonlyMap<string, Stamp>;
  edges: ReadonlySet<string>;
  current: string | null;
};

/** A way through the flow that somebody asked to see, such as the one that leads to a problem. */
export type ShownPath = { nodes: ReadonlySet<string>; edges: ReadonlySet<string> };

export type EditorState = Derived & {
  name: string;
  catalog: Catalog;
  canEdit: boolean;
  /** The way out that the arrow keys follow next, on the chosen step. */
  walkHandle: string | null;
  cameFrom: string | null;
  quickAdd: QuickAdd | null;
  /** The note whose text, or the group whose name, is being typed on the canvas. */
  editing: string | null;
  /** The step added last: the canvas brings it into sight. */
  added: string | null;
  /** The field that a clicked problem points at; the inspector focuses it. */
  focusField: { nodeId: string | null; field: string; count: number } | null;
  isInspectorOpen: boolean;
  drawer: "none" | "test" | "backtest" | "problems" | "outline";
  run: RunMarks | null;
  path: ShownPath | null;
  save: SaveState;
  revision: number;
  /** The stored draft as this editor knows it: what has changed since is this person's own. */
  base: Graph;
};

/** Puts a changed graph in place with everything that follows from it. Edits of the same `burst` are undone as one. */
type Commit = (graph: Graph, options?: { burst?: string; select?: readonly string[] }) => void;

export type EditorTools = {
  get: () => EditorState;
  set: (change: Partial<EditorState>) => void;
  commit: Commit;
  newId: () => string;
};

export type EditorActions = ReturnType<typeof createStepActions> &
  ReturnType<typeof createFixActions> &
  ReturnType<typeof createCanvasActions> &
  ReturnType<typeof createAidActions> & {
    undo(): void;
    redo(): void;
    /** What undo and redo lead to; the nearest last. */
    history(): { past: Graph[]; future: Graph[] };
    /** Puts a kept history in place; `unsaved` is a draft that is newer than the stored one. */
    restoreHistory(kept: { past: Graph[]; future: Graph[]; unsaved?: Graph }): void;
    /** Puts a merged draft over a colleague's revision, to be saved; what one did before can still be undone. */
    takeMerged(graph: Graph, theirs: { revision: number; graph: Graph }): void;
    /** Replaces the whole draft (taking a colleague's version); earlier steps cannot be undone across it. */
    replaceGraph(graph: Graph, revision: number): void;
  };

export type EditorSeed = {
  graph: Graph;
  name: string;
  catalog: Catalog;
  canEdit: boolean;
  revision: number;
  savedAt: number;
};

export type EditorStore = ReturnType<typeof createEditorStore>;

const burstMs = 1200;

/**
 * The editor's state: our graph is the one truth, React Flow's nodes are derived from it. Only the graph enters the undo
 * history. `newId` makes ids of steps and edges, `now` is the clock that groups quick edits; both are passed in for tests. `later` puts
 * the search for problems off until one has stopped typing.
 */
export function createEditorStore(
  seed: EditorSeed,
  newId: () => string,
  now: () => number,
  later: (work: () => void) => void = (work) => work(),
) {
  const store = createStore<EditorState>()(
    temporal(() => initialState(seed), {
      partialize: ({ graph }) => ({ graph }),
      equality: (past, current) => past.graph === current.graph,
      limit: 200,
    }),
  );
  let lastBurst: { key: string; at: number } | null = null;
  const get = store.getState;
  const set = (change: Partial<EditorState>) => store.setState(change);
  const judge = () => set(judged(get()));
  const commit: Commit = (graph, { burst, select } = {}) => {
    if (graph === get().graph || !get().canEdit) return;
    const continues = burst !== undefined && lastBurst?.key === burst && now() - lastBurst.at < burstMs;
    lastBurst = burst === undefined ? null : { key: burst, at: now() };
    if (continues) store.temporal.getState().pause();
    store.setState({ ...derived(get(), graph, select), path: null, save: unsaved(get().save) });
    store.temporal.getState().resume();
    later(judge);
  };
  const travel = (direction: "undo" | "redo") => {
    lastBurst = null;
    store.temporal.getState()[direction]();
    const before = get();
    store.setState({ ...derived(before, before.graph), save: unsaved(before.save) });
    later(judge);
  };
  const tools: EditorTools = { get, set, commit, newId };
  const steps = createStepActions(tools);
  const actions: EditorActions = {
    ...steps,
    ...createFixActions(tools, steps),
    ...createCanvasActions(tools),
    ...createAidActions(tools),
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    history: () => {
      const { pastStates, futureStates } = store.temporal.getState();
      const graphs = (states: readonly { graph?: Graph }[]) => states.flatMap(({ graph }) => graph ?? []);
      return { past: graphs(pastStates), future: graphs(futureStates) };
    },
    restoreHistory: ({ past, future, unsaved: draft }) => {
      store.temporal.getState().pause();
      if (draft) store.setState({ ...derived(get(), draft), save: unsaved(get().save) });
      store.temporal.getState().resume();
      const states = (graphs: Graph[]) => graphs.map((graph) => ({ graph }));
      store.temporal.setState({ pastStates: states(past), futureStates: states(future) });
      later(judge);
    },
    takeMerged: (graph, theirs) => {
      lastBurst = null;
      const change = { revision: theirs.revision, base: theirs.graph, save: { kind: "unsaved" as const } };
      store.setState({ ...derived(get(), graph), ...change });
      later(judge);
    },
    replaceGraph: (graph, revision) => {
      store.setState({ ...derived(get(), graph), revision, base: graph, save: { kind: "saved", at: now() } });
      store.temporal.getState().clear();
      later(judge);
    },
  };
  return { ...store, settled: settled(store), actions };
}

function initialState({ graph, name, catalog, canEdit, revision, savedAt }: EditorSeed): EditorState {
  const first = derived({ ...nothingDerived, catalog }, graph);
  return {
    ...first,
    ...judged({ ...first, catalog }),
    name,
    catalog,
    canEdit,
    revision,
    base: graph,
    walkHandle: null,
    cameFrom: null,
    quickAdd: null,
    editing: null,
    added: null,
    focusField: null,
    isInspectorOpen: true,
    drawer: "none",
    run: null,
    path: null,
    save: { kind: "saved", at: savedAt },
  };
}

/** A conflict stays until somebody decided it. */
const unsaved = (save: SaveState): SaveState =>
  save.kind === "conflict" || save.kind === "unsaved" ? save : { kind: "unsaved" };
