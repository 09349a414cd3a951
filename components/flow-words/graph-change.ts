import type { FlowSettings, Graph, GraphEdge, GraphGroup, GraphNode, GraphNote } from "#flow/graph.ts";

/** What publishing would change, step by step and setting by setting. Where a step stands on the canvas is no change. */
export type GraphChange = {
  added: GraphNode[];
  removed: GraphNode[];
  changed: { node: GraphNode; was: GraphNode; fields: string[] }[];
  /** The same way out to the same step is the same connection, whatever its id. */
  connections: { added: GraphEdge[]; removed: GraphEdge[] };
  /** What is drawn around the steps. A note that moved and a group that was folded say the same as before. */
  aids: { added: Aid[]; removed: Aid[]; changed: { aid: Aid; was: Aid; fields: AidField[] }[] };
  settings: (keyof FlowSettings)[];
};

/** A note or a group, with what it says. */
export type Aid =
  | (Pick<GraphNote, "id" | "text" | "colour"> & { kind: "note" })
  | (Pick<GraphGroup, "id" | "name" | "colour" | "steps"> & { kind: "group" });

export type AidField = "text" | "name" | "colour" | "steps";

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
    aids: aidChange(aidsOf(before), aidsOf(after)),
    settings: settingsOf(after).filter((key) => !same(before.settings[key], after.settings[key])),
  };
}

const aidsOf = ({ notes = [], groups = [] }: Graph): Aid[] => [
  ...notes.map(({ id, text, colour }) => ({ kind: "note" as const, id, text, colour })),
  ...groups.map(({ id, name, colour, steps }) => ({
    kind: "group" as const,
    id,
    name,
    colour,
    steps: steps.toSorted(),
  })),
];

const aidFields = ["text", "name", "colour", "steps"] as const;

function aidChange(before: readonly Aid[], after: readonly Aid[]): GraphChange["aids"] {
  const old = new Map(before.map((aid) => [aid.id, aid]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !kept.has(id)),
    changed: after.flatMap((aid) => {
      const was = old.get(aid.id);
      const fields = was ? aidFields.filter((field) => !same(Reflect.get(was, field), Reflect.get(aid, field))) : [];
      return was && fields.length > 0 ? [{ aid, was, fields }] : [];
    }),
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
