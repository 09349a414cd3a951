import { handlesOf } from "#components/flow-words/step-handles.ts";
import type { Handle } from "#flow/define-node.ts";
import type { Graph, GraphEdge, GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import type { Catalog } from "#flow/template.ts";

/** One line of the outline: a step, how deep it lies, and the way out of the step before that leads to it. */
export type OutlineRow = { node: GraphNode; depth: number; via: Handle | null; from: string | null };

/**
 * The steps in the order people go through them: from each trigger, main way first, then outcomes and replies. A step that
 * several ways lead to stands once, where it is met first; steps that nothing leads to come last.
 */
export function flowOrder(graph: Graph, catalog: Catalog): OutlineRow[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const edgesOf = Map.groupBy(graph.edges, (edge) => edge.source);
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();
  const visit = (start: OutlineRow) => {
    const open = [start];
    for (let row = open.pop(); row; row = open.pop()) {
      if (seen.has(row.node.id)) continue;
      seen.add(row.node.id);
      rows.push(row);
      const ways = connectedAmong(edgesOf.get(row.node.id) ?? [], row.node, catalog);
      open.push(...waysOn(row, ways, byId).reverse());
    }
  };
  const start = (node: GraphNode): OutlineRow => ({ node, depth: 0, via: null, from: null });
  const targets = new Set(graph.edges.map((edge) => edge.target));
  for (const node of graph.nodes) if (nodeTypeOf(node.type)?.family === "trigger") visit(start(node));
  for (const node of graph.nodes) if (!targets.has(node.id)) visit(start(node));
  for (const node of graph.nodes) visit(start(node));
  return rows;
}

function waysOn(row: OutlineRow, ways: ConnectedHandle[], byId: ReadonlyMap<string, GraphNode>): OutlineRow[] {
  const indents = ways.length > 1;
  return ways.flatMap(({ handle, target }) => {
    const node = byId.get(target);
    return node
      ? [{ node, depth: row.depth + (indents && handle.place !== "main" ? 1 : 0), via: handle, from: row.node.id }]
      : [];
  });
}

type ConnectedHandle = { handle: Handle; target: string };

/** A step's ways out that lead somewhere: the main one first, then in the order they are drawn. */
export const connectedHandles = (graph: Graph, node: GraphNode, catalog: Catalog): ConnectedHandle[] =>
  connectedAmong(
    graph.edges.filter((edge) => edge.source === node.id),
    node,
    catalog,
  );

/** The same where the step's own edges are at hand: looking for them step by step would be the square of the flow. */
function connectedAmong(leaving: readonly GraphEdge[], node: GraphNode, catalog: Catalog): ConnectedHandle[] {
  const targetBy = new Map(leaving.map((edge) => [edge.sourceHandle, edge.target]));
  const handles = handlesOf(node, catalog);
  const order = ["main", "outcome", "reply", "quiet"];
  return handles
    .toSorted((a, b) => order.indexOf(a.place) - order.indexOf(b.place))
    .flatMap((handle) => {
      const target = targetBy.get(handle.id);
      return target === undefined ? [] : [{ handle, target }];
    });
}

export type Step = { kind: "go"; nodeId: string } | { kind: "choose"; handle: string } | null;

/**
 * Arrow keys on the canvas: down follows the chosen way out (the first, if none is chosen), up goes back to where one came
 * from, left and right choose another way out.
 */
export function walk(
  graph: Graph,
  at: { nodeId: string; chosen: string | null; cameFrom: string | null },
  key: "up" | "down" | "left" | "right",
  catalog: Catalog,
): Step {
  const node = graph.nodes.find((candidate) => candidate.id === at.nodeId);
  if (!node) return null;
  if (key === "up") {
    const into = graph.edges.filter((edge) => edge.target === at.nodeId);
    const back = into.find((edge) => edge.source === at.cameFrom) ?? into[0];
    return back ? { kind: "go", nodeId: back.source } : null;
  }
  const ways = connectedHandles(graph, node, catalog);
  const current = Math.max(
    0,
    ways.findIndex((way) => way.handle.id === at.chosen),
  );
  if (key === "down") {
    const way = ways[current];
    return way ? { kind: "go", nodeId: way.target } : null;
  }
  if (ways.length < 2) return null;
  const next = ways[(current + (key === "right" ? 1 : ways.length - 1)) % ways.length];
  return next ? { kind: "choose", handle: next.handle.id } : null;
}
