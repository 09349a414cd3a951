import { compile } from "./compile.ts";
import type { Graph, GraphEdge } from "./graph.ts";

type Settled = { key: string; arm: string };

/**
 * The graph without an experiment: everybody goes the way of one arm, and steps that only the others led to are gone. Pure; the same
 * graph when the experiment is not in it.
 */
export function settleExperiment(graph: Graph, { key, arm }: Settled): Graph {
  if (graph.settings.holdout?.salt === key) return { ...graph, settings: { ...graph.settings, holdout: null } };
  const { nodes } = compile(graph);
  const steps = [...nodes.values()].filter(({ node, config }) => node?.assigns?.(config).key === key);
  const bypassed = steps.reduce<Graph>((before, { id }) => bypass(before, id, arm), graph);
  return steps.length === 0 ? graph : withoutLost(bypassed, graph);
}

/** Takes a step out and joins what led to it with what follows one of its ways; where nothing follows, those ways stay open. */
function bypass(graph: Graph, nodeId: string, handle: string): Graph {
  const onward = graph.edges.find(({ source, sourceHandle }) => source === nodeId && sourceHandle === handle)?.target;
  const edges = graph.edges.flatMap((edge): GraphEdge[] => {
    if (edge.source === nodeId) return [];
    if (edge.target !== nodeId) return [edge];
    return onward === undefined || onward === nodeId ? [] : [{ ...edge, target: onward }];
  });
  return without({ ...graph, edges }, new Set([nodeId]));
}

/** Steps that could be reached before and no longer can. What nobody reached before is left as somebody drew it. */
function withoutLost(graph: Graph, before: Graph): Graph {
  const [was, is] = [reachedIn(before), reachedIn(graph)];
  const lost = new Set(graph.nodes.flatMap(({ id }) => (was.has(id) && !is.has(id) ? [id] : [])));
  return without(graph, lost);
}

function without(graph: Graph, gone: ReadonlySet<string>): Graph {
  if (gone.size === 0) return graph;
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !gone.has(id)),
    edges: graph.edges.filter(({ source, target }) => !gone.has(source) && !gone.has(target)),
    ...(graph.groups && {
      groups: graph.groups.map((group) => ({ ...group, steps: group.steps.filter((id) => !gone.has(id)) })),
    }),
  };
}

function reachedIn(graph: Graph): ReadonlySet<string> {
  const { nodes } = compile(graph);
  const reached = new Set([...nodes.values()].flatMap(({ id, node }) => (node?.family === "trigger" ? [id] : [])));
  for (const id of reached) {
    const compiled = nodes.get(id);
    const jump = compiled?.node?.leadsTo?.(compiled.config);
    for (const target of [...(compiled?.next.values() ?? []), ...(jump === undefined ? [] : [jump])])
      if (nodes.has(target)) reached.add(target);
  }
  return reached;
}
