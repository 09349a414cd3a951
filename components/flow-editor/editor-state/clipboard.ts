import { z } from "zod";
import { type Graph, GraphEdge, GraphNode, graphLimits } from "#flow/graph.ts";

const Clip = z.strictObject({
  chasqui: z.literal("steps"),
  schemaVersion: z.literal(1),
  nodes: z.array(GraphNode).min(1).max(graphLimits.nodes),
  edges: z.array(GraphEdge).max(graphLimits.edges),
});

/** The chosen steps and the edges among them, as text for the system's clipboard: it works between flows and browser tabs. */
export function toClipboard(graph: Graph, ids: readonly string[]): string {
  const chosen = new Set(ids);
  return JSON.stringify({
    chasqui: "steps",
    schemaVersion: 1,
    nodes: graph.nodes.filter((node) => chosen.has(node.id)),
    edges: graph.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target)),
  });
}

/** The steps in a clipboard's text, or null when it holds anything else. */
export function fromClipboard(text: string): Pick<Graph, "nodes" | "edges"> | null {
  try {
    const { nodes, edges } = Clip.parse(JSON.parse(text));
    return { nodes, edges };
  } catch {
    return null;
  }
}
