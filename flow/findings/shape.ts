import { type Graph, type GraphEdge, graphLimits } from "../graph.ts";
import type { Problem } from "../validate.ts";
import type { ReadStep } from "./steps.ts";

/** Findings about the drawing as such: its triggers, its size, ids and edges. */
export function findShapeProblems(graph: Graph, steps: ReadonlyMap<string, ReadStep>): Problem[] {
  return [
    ...triggerProblems(steps),
    ...sizeProblems(graph),
    ...duplicateNodes(graph),
    ...allEdgeProblems(graph.edges, steps),
  ];
}

function triggerProblems(steps: ReadonlyMap<string, ReadStep>): Problem[] {
  const triggers = [...steps.values()].filter((step) => step.type?.family === "trigger");
  if (triggers.length === 0) return [error({ rule: "no-trigger" })];
  return triggers.slice(1).map((step) => error({ rule: "two-triggers", nodeId: step.graphNode.id }));
}

function sizeProblems({ nodes, edges }: Graph): Problem[] {
  const values = (count: number, limit: number) => ({ values: { count, limit } });
  return [
    ...(nodes.length > graphLimits.nodes
      ? [error({ rule: "too-many-nodes", ...values(nodes.length, graphLimits.nodes) })]
      : []),
    ...(edges.length > graphLimits.edges
      ? [error({ rule: "too-many-edges", ...values(edges.length, graphLimits.edges) })]
      : []),
  ];
}

function duplicateNodes({ nodes }: Graph): Problem[] {
  const seen = new Set<string>();
  const twice = nodes.filter(({ id }) => seen.has(id) || !seen.add(id)).map(({ id }) => id);
  return [...new Set(twice)].map((nodeId) => error({ rule: "duplicate-node", nodeId }));
}

function allEdgeProblems(edges: readonly GraphEdge[], steps: ReadonlyMap<string, ReadStep>): Problem[] {
  const taken = new Set<string>();
  return edges.flatMap((edge) => {
    const start = JSON.stringify([edge.source, edge.sourceHandle]);
    const isSecond = taken.has(start);
    taken.add(start);
    return edgeProblems(edge, isSecond, steps);
  });
}

function edgeProblems(edge: GraphEdge, isSecond: boolean, steps: ReadonlyMap<string, ReadStep>): Problem[] {
  const at = { edgeId: edge.id, nodeId: steps.has(edge.source) ? edge.source : null };
  if (!steps.has(edge.source) || !steps.has(edge.target)) return [error({ rule: "dangling-edge", ...at })];
  return [
    ...(isSecond ? [error({ rule: "two-edges-on-one-handle", ...at, values: { handle: edge.sourceHandle } })] : []),
    ...(edge.source === edge.target ? [error({ rule: "self-loop", ...at })] : []),
    ...(steps.get(edge.target)?.type?.family === "trigger" ? [error({ rule: "edge-into-trigger", ...at })] : []),
  ];
}

const error = (finding: Partial<Problem> & { rule: string }): Problem => ({
  nodeId: null,
  edgeId: null,
  severity: "error",
  ...finding,
});
