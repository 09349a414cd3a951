import type { Graph } from "./graph.ts";

/** As much of a graph as a thumbnail needs: a list of many flows stays small. */
export type GraphShape = {
  nodes: { id: string; type: string }[];
  edges: { source: string; target: string }[];
  isCut: boolean;
};

/** Steps in a thumbnail; what is beyond fades out. */
const mostNodes = 48;

/** The first steps in the order of the graph, and the edges between them. */
export function graphShape({ nodes, edges }: Pick<Graph, "nodes" | "edges">): GraphShape {
  const shown = nodes.slice(0, mostNodes).map(({ id, type }) => ({ id, type }));
  const ids = new Set(shown.map((node) => node.id));
  return {
    nodes: shown,
    edges: edges
      .filter((edge) => ids.has(edge.source) && ids.has(edge.target))
      .map(({ source, target }) => ({ source, target })),
    isCut: nodes.length > mostNodes,
  };
}
