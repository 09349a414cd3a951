import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { createCanvasActions } from "./canvas-actions.ts";
import {
  deriveConnected,
  deriveEdges,
  deriveNodes,
  type StepEdge,
  type StepNode,
  withSelection,
} from "./derive-canvas.ts";
import { findProblems, problemsByStep, type StepProblem } from "./find-problems.ts";
import type { Exit, Point } from "./graph-edits.ts";
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

/** What a run of the test bench shows on the canvas. */
export type RunMarks = {
  stamps: ReadonlyMap<string, { text: string; tone: "done" | "waiting" | "stopped" }>;
  edges: ReadonlySet<string>;
  current: string | null;
};

export type EditorState = {
  graph: Graph;
  name: string;
  catalog: Catalog;
  canEdit: boolean;
  flowNodes: StepNode[];
  flowEdges: StepEdge[];
  problems: StepProblem[];
  problemsOf: ReadonlyMap<string, readonly StepProblem[]>;
  connectedOf: ReadonlyMap<string, readonly string[]>;
  /** The way out that the arrow keys follow next, on the chosen step. */
  walkHandle: string | null;
  cameFrom: string | null;
  quickAdd: QuickAdd | null;
  /** The step added last: the canvas brings it into sight. */
  added: string | null;
  /** The field that a clicked problem points at; the inspector focuses it. */
  focusField: { nodeId: string | null; field: string; count: number } | null;
  isInspectorOpen: boolean;
  drawer: "none" | "test" | "problems" | "outline";
  run: RunMarks | null;
  save: SaveState;
  revision: number;
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
  ReturnType<typeof createCanvasActions> & {
    undo(): void;
    redo(): void;
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
 * history. `newId` makes ids of steps and edges, `now` is the clock that groups quick edits; both are passed in for tests.
 */
export function createEditorStore(seed: EditorSeed, newId: () => string, now: () => number) {
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
  const commit: Commit = (graph, { burst, select } = {}) => {
    if (graph === get().graph || !get().canEdit) return;
    const continues = burst !== undefined && lastBurst?.key === burst && now() - lastBurst.at < burstMs;
    lastBurst = burst === undefined ? null : { key: burst, at: now() };
    if (continues) store.temporal.getState().pause();
    store.setState({ ...derived(get(), graph, select), save: unsaved(get().save) });
    store.temporal.getState().resume();
  };
  const travel = (direction: "undo" | "redo") => {
    lastBurst = null;
    store.temporal.getState()[direction]();
    const before = get();
    store.setState({ ...derived(before, before.graph), save: unsaved(before.save) });
  };
  const tools: EditorTools = { get, set, commit, newId };
  const actions: EditorActions = {
    ...createStepActions(tools),
    ...createCanvasActions(tools),
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    replaceGraph: (graph, revision) => {
      store.setState({ ...derived(get(), graph), revision, save: { kind: "saved", at: now() } });
      store.temporal.getState().clear();
    },
  };
  return { ...store, actions };
}

function initialState({ graph, name, catalog, canEdit, revision, savedAt }: EditorSeed): EditorState {
  const empty = { flowNodes: [], flowEdges: [], problemsOf: new Map(), connectedOf: new Map(), catalog };
  return {
    ...derived(empty, graph),
    name,
    catalog,
    canEdit,
    revision,
    walkHandle: null,
    cameFrom: null,
    quickAdd: null,
    added: null,
    focusField: null,
    isInspectorOpen: true,
    drawer: "none",
    run: null,
    save: { kind: "saved", at: savedAt },
  };
}

type Derived = Pick<EditorState, "graph" | "flowNodes" | "flowEdges" | "problems" | "problemsOf" | "connectedOf">;

function derived(
  before: Pick<EditorState, "flowNodes" | "flowEdges" | "problemsOf" | "connectedOf" | "catalog">,
  graph: Graph,
  select?: readonly string[],
): Derived {
  const nodes = deriveNodes(graph, before.flowNodes);
  const edges = deriveEdges(graph, before.flowEdges);
  const problems = findProblems(graph, before.catalog);
  return {
    graph,
    flowNodes: select ? withSelection(nodes, new Set(select)) : nodes,
    flowEdges: select ? withSelection(edges, new Set()) : edges,
    problems,
    problemsOf: problemsByStep(problems, before.problemsOf),
    connectedOf: deriveConnected(graph, before.connectedOf),
  };
}

/** A conflict stays until somebody decided it. */
const unsaved = (save: SaveState): SaveState => (save.kind === "conflict" ? save : { kind: "unsaved" });
