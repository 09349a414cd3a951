import { type Graph, type GraphEdge, graphLimits } from "../graph.ts";
import { errorAt, type Problem } from "./problem.ts";
import { isTrigger, type Steps } from "./steps.ts";

/** Findings about the drawing as such: its triggers, its size, ids and edges. */
export function findShapeProblems(graph: Graph, steps: Steps): Problem[] {
  return [
    ...triggerProblems(steps),
    ...sizeProblems(graph),
    ...duplicateNodes(graph),
    ...allEdgeProblems(graph.edges, steps),
  ];
}

function triggerProblems(steps: Steps): Problem[] {
  const triggers = [...steps.values()].filter(isTrigger);
  if (triggers.length === 0) return [errorAt("no-trigger")];
  return triggers.slice(1).map(({ graphNode }) => {
    const nodeId = graphNode.id;
    return errorAt("two-triggers", { nodeId, fix: { kind: "remove-step", nodeId } });
  });
}

function sizeProblems({ nodes, edges }: Graph): Problem[] {
  const values = (count: number, limit: number) => ({ values: { count, limit } });
  return [
    ...(nodes.length > graphLimits.nodes ? [errorAt("too-many-nodes", values(nodes.length, graphLimits.nodes))] : []),
    ...(edges.length > graphLimits.edges ? [errorAt("too-many-edges", values(edges.length, graphLimits.edges))] : []),
  ];
}

function duplicateNodes({ nodes }: Graph): Problem[] {
  const seen = new Set<string>();
  const twice = nodes.filter(({ id }) => seen.has(id) || !seen.add(id)).map(({ id }) => id);
  return [...new Set(twice)].map((nodeId) => errorAt("duplicate-node", { nodeId }));
}

function allEdgeProblems(edges: readonly GraphEdge[], steps: Steps): Problem[] {
  const taken = new Set<string>();
  return edges.flatMap((edge) => {
    const start = JSON.stringify([edge.source, edge.sourceHandle]);
    const isSecond = taken.has(start);
    taken.add(start);
    return edgeProblems(edge, isSecond, steps);
  });
}

function edgeProblems(edge: GraphEdge, isSecond: boolean, steps: Steps): Problem[] {
  const { id: edgeId, source, sourceHandle, target } = edge;
  const nodeId = steps.has(source) ? source : null;
  const at = { edgeId, nodeId, fix: { kind: "remove-edge", edgeId } as const };
  if (!steps.has(source) || !steps.has(target)) return [errorAt("dangling-edge", at)];
  return [
    ...(isSecond ? [errorAt("two-edges-on-one-handle", { ...at, values: { handle: sourceHandle } })] : []),
    ...(source === target ? [errorAt("self-loop", at)] : []),
    ...(isTrigger(steps.get(target)) ? [errorAt("edge-into-trigger", at)] : []),
  ];
}
