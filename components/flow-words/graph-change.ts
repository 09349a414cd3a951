import type { FlowSettings, Graph, GraphNode } from "#flow/graph.ts";

/** What publishing would change, step by step and setting by setting. Where a step stands on the canvas is no change. */
export type GraphChange = {
  added: GraphNode[];
  removed: GraphNode[];
  changed: { node: GraphNode; fields: string[] }[];
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
      const fields = was ? changedFields(before, after, was, node) : [];
      return fields.length > 0 ? [{ node, fields }] : [];
    }),
    settings: settingsOf(after).filter((key) => !same(before.settings[key], after.settings[key])),
  };
}

function changedFields(before: Graph, after: Graph, was: GraphNode, is: GraphNode): string[] {
  const keys = [...new Set([...Object.keys(was.data), ...Object.keys(is.data)])].filter(
    (key) => !same(was.data[key], is.data[key]),
  );
  const ways = same(waysOut(before, was.id), waysOut(after, is.id)) ? [] : ["connections"];
  return [...(was.title === is.title ? [] : ["title"]), ...keys, ...ways];
}

const waysOut = (graph: Graph, id: string): string[] =>
  graph.edges
    .filter((edge) => edge.source === id)
    .map((edge) => `${edge.sourceHandle}>${edge.target}`)
    .sort();

const settingsOf = (graph: Graph): (keyof FlowSettings)[] => Object.keys(graph.settings) as (keyof FlowSettings)[];

/** Equal as JSON, whatever the order of the keys: a graph read back from the store may have them in another one. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys({ ...a, ...b });
  return keys.every((key) => same(Reflect.get(a, key), Reflect.get(b, key)));
}
