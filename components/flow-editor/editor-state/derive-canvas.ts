import type { Edge, Node } from "@xyflow/react";
import type { Size } from "#components/flow-canvas/frame-around.ts";
import type { Graph, GraphNode } from "#flow/graph.ts";

/** What React Flow holds for a step. Sizes and selection live here and never in the graph. */
export type StepNode = Node<{ step: GraphNode }, "step">;
export type StepEdge = Edge<Record<string, never>, "step">;

/** The card that Tab reaches: the chosen one, else the first. */
export const tabStopOf = (nodes: readonly StepNode[]): string | null =>
  (nodes.find((node) => node.selected && !node.hidden) ?? nodes.find((node) => !node.hidden))?.id ?? null;

/** Marks the steps that a collapsed group hides; the others keep their objects. */
export const withHidden = (nodes: readonly StepNode[], hidden: ReadonlyMap<string, string>): StepNode[] =>
  nodes.map((node) => (Boolean(node.hidden) === hidden.has(node.id) ? node : { ...node, hidden: hidden.has(node.id) }));

/** React Flow's word for what a click with Shift chooses; without it Shift always begins a box. */
export const clickable = "nokey";

/** React Flow's nodes for a graph. A step that did not change keeps its object, so that only changed cards are drawn again. */
export function deriveNodes(graph: Graph, previous: readonly StepNode[]): StepNode[] {
  const old = new Map(previous.map((node) => [node.id, node]));
  return graph.nodes.map((step) => {
    const was = old.get(step.id);
    if (was?.data.step === step && was.position.x === step.position.x && was.position.y === step.position.y) return was;
    return was
      ? { ...was, data: { step }, position: step.position }
      : { id: step.id, type: "step", className: clickable, data: { step }, position: step.position };
  });
}

export function deriveEdges(graph: Graph, previous: StepEdge[]): StepEdge[] {
  const old = new Map(previous.map((edge) => [edge.id, edge]));
  const edges = graph.edges.map((edge): StepEdge => {
    const was = old.get(edge.id);
    const isSame = was?.source === edge.source && was.sourceHandle === edge.sourceHandle && was.target === edge.target;
    if (was && isSame && !was.hidden) return was;
    return {
      id: edge.id,
      type: "step",
      source: edge.source,
      sourceHandle: edge.sourceHandle,
      target: edge.target,
      selected: was?.selected,
    };
  });
  return hasSameItems(edges, previous) ? previous : edges;
}

/** Marks exactly these as chosen; the others keep their objects where nothing changes for them. */
export const withSelection = <Item extends { id: string; selected?: boolean }>(
  items: readonly Item[],
  ids: ReadonlySet<string>,
): Item[] =>
  items.map((item) => (Boolean(item.selected) === ids.has(item.id) ? item : { ...item, selected: ids.has(item.id) }));

/** The ways out that lead somewhere, by step; a list that stays equal keeps its identity. */
export function deriveConnected(
  graph: Graph,
  previous: ReadonlyMap<string, readonly string[]>,
): Map<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const edge of graph.edges) lists.set(edge.source, [...(lists.get(edge.source) ?? []), edge.sourceHandle]);
  return keepEqual(lists, previous);
}

export function keepEqual<Item>(
  lists: Map<string, Item[]>,
  previous: ReadonlyMap<string, readonly Item[]>,
): Map<string, readonly Item[]> {
  return new Map(
    [...lists].map(([id, list]) => {
      const was = previous.get(id);
      const isSame = was && (hasSameItems(was, list) || JSON.stringify(was) === JSON.stringify(list));
      return [id, isSame ? was : list];
    }),
  );
}

/** A list in which nothing is new is handed on as it was: React Flow looks through all lines of one that it does not know. */
export const hasSameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

/** Measured card sizes, for placing and laying out. */
export const sizesOf = (nodes: readonly StepNode[]): Map<string, Size> =>
  new Map(
    nodes.flatMap((node) =>
      node.measured?.width && node.measured.height
        ? [[node.id, { width: node.measured.width, height: node.measured.height }]]
        : [],
    ),
  );
