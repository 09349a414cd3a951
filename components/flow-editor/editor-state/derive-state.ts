import type { Graph } from "#flow/graph.ts";
import { type Facts, prove } from "#flow/prove/prove.ts";
import type { Catalog } from "#flow/template.ts";
import { deriveGroups, deriveNotes, type GroupNode, hiddenSteps, type NoteNode, throughGroups } from "./derive-aids.ts";
import {
  deriveConnected,
  deriveEdges,
  deriveNodes,
  hasSameItems,
  type StepEdge,
  type StepNode,
  tabStopOf,
  withHidden,
  withSelection,
} from "./derive-canvas.ts";
import { problemsByStep, type StepProblem } from "./find-problems.ts";

/** The graph and all that follows from it. */
export type Derived = {
  graph: Graph;
  flowNodes: StepNode[];
  flowNotes: NoteNode[];
  flowGroups: GroupNode[];
  flowEdges: StepEdge[];
  /** The card that Tab reaches. */
  tabStop: string | null;
  problems: StepProblem[];
  problemsOf: ReadonlyMap<string, readonly StepProblem[]>;
  /** What holds of every run; null while nothing is sent. */
  facts: Facts | null;
  connectedOf: ReadonlyMap<string, readonly string[]>;
};

export const nothingDerived: Omit<Derived, "graph"> = {
  flowNodes: [],
  flowNotes: [],
  flowGroups: [],
  flowEdges: [],
  tabStop: null,
  problems: [],
  problemsOf: new Map(),
  facts: null,
  connectedOf: new Map(),
};

/** What is wrong with the graph as it stands: dearer than all else, so that it is not asked with every key. */
export function judged({
  graph,
  catalog,
  problemsOf,
}: Derived & { catalog: Catalog }): Pick<Derived, "problems" | "problemsOf" | "facts"> {
  // The same pure rules that publishing applies.
  const { problems, facts } = prove(graph, catalog);
  return { problems, problemsOf: problemsByStep(problems, problemsOf), facts };
}

/** What follows from a graph at once; whatever comes out as it was keeps its identity. `select` names all that is chosen afterwards. */
export function derived(
  before: Omit<Derived, "graph"> & { catalog: Catalog },
  graph: Graph,
  select?: readonly string[],
): Derived {
  const chosen = select && new Set(select);
  const choose = <Item extends { id: string; selected?: boolean }>(items: Item[]) =>
    chosen ? withSelection(items, chosen) : items;
  const hidden = hiddenSteps(graph);
  const flowNodes = choose(withHidden(deriveNodes(graph, before.flowNodes), hidden));
  const edges = deriveEdges(graph, before.flowEdges);
  const kept = new Set(graph.nodes.map((node) => node.id));
  const problems = before.problems.filter(({ nodeId }) => !nodeId || kept.has(nodeId));
  return {
    graph,
    flowNodes,
    flowNotes: choose(deriveNotes(graph, before.flowNotes)),
    flowGroups: choose(deriveGroups(graph, flowNodes, before.flowGroups)),
    flowEdges: choose(hidden.size > 0 ? throughGroups(edges, hidden) : edges),
    tabStop: tabStopOf(flowNodes),
    // Judged a moment later; until then only what is said of steps that are gone falls silent.
    problems: hasSameItems(problems, before.problems) ? before.problems : problems,
    problemsOf: before.problemsOf,
    facts: before.facts,
    connectedOf: deriveConnected(graph, before.connectedOf),
  };
}
