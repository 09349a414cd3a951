import type { FlowSettings, Graph, GraphEdge, GraphNode } from "#flow/graph.ts";

/** What publishing would change, step by step and setting by setting. Where a step stands on the canvas is no change. */
export type GraphChange = {
  added: GraphNode[];
  removed: GraphNode[];
  changed: { node: GraphNode; was: GraphNode; fields: string[] }[];
  /** The same way out to the same step is the same connection, whatever its id. */
  connections: { added: GraphEdge[]; removed: GraphEdge[] };
  settings: (keyof FlowSettings)[];
};

/** Compares the running version's graph with the draft. */
export function graphChange(before: Graph, after: Graph): GraphChange {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const kept = new Set(after.nodes.map((node) => node.id));
  return {
    added: after.nodes.filter((node) => !old.has(node.id)),
    removed: before.nodes.filter((node) => !kept.has(node.id)),
    changed: after.nodes.flatMap((node) => {
      const was = old.get(node.id);
      const fields = was ? changedFields(was, node) : [];
      return was && fields.length > 0 ? [{ node, was, fields }] : [];
    }),
    connections: {
      added: edgesOnlyIn(after, before),
      removed: edgesOnlyIn(before, after),
    },
    settings: settingsOf(after).filter((key) => !same(before.settings[key], after.settings[key])),
  };
}

function changedFields(was: GraphNode, is: GraphNode): string[] {
  const keys = [...new Set([...Object.keys(was.data), ...Object.keys(is.data)])].filter(
    (key) => !same(was.data[key], is.data[key]),
  );
  return [...(was.title === is.title ? [] : ["title"]), ...keys];
}

/** What makes a connection the same one in two graphs. */
export const wayOf = ({ source, sourceHandle, target }: GraphEdge): string => `${source} ${sourceHandle} ${target}`;

function edgesOnlyIn(graph: Graph, other: Graph): GraphEdge[] {
  const known = new Set(other.edges.map(wayOf));
  return graph.edges.filter((edge) => !known.has(wayOf(edge)));
}

const settingsOf = (graph: Graph): (keyof FlowSettings)[] => Object.keys(graph.settings) as (keyof FlowSettings)[];

/** Equal as JSON, whatever the order of the keys: a graph read back from the store may have them in another one. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys({ ...a, ...b });
  return keys.every((key) => same(Reflect.get(a, key), Reflect.get(b, key)));
}
