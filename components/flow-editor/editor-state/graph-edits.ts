import type { FlowSettings, Graph, GraphEdge, GraphNode } from "#flow/graph.ts";
import { addGroup, leaveGroups, withNotes } from "./aid-edits.ts";

export type Point = { x: number; y: number };

/** Where an edge starts. */
export type Exit = { nodeId: string; handle: string };

/** Joins a way out with a step. A way out has one edge: an older one is replaced. A step never leads to itself. */
export function connect(graph: Graph, from: Exit, target: string, edgeId: string): Graph {
  if (from.nodeId === target) return graph;
  const known = graph.edges.find((edge) => leavesBy(edge, from));
  if (known?.target === target) return graph;
  const edge: GraphEdge = { id: edgeId, source: from.nodeId, sourceHandle: from.handle, target };
  return { ...graph, edges: [...graph.edges.filter((other) => other !== known), edge] };
}

/** Adds a step that stands alone. */
export const addNode = (graph: Graph, node: GraphNode): Graph => ({ ...graph, nodes: [...graph.nodes, node] });

/**
 * Adds a step behind a way out. Where that way already led somewhere, the new step is put in between: `onward` is the new
 * step's own way out (undefined: it has none, the old edge is dropped).
 */
export function insertAfter(
  graph: Graph,
  from: Exit,
  node: GraphNode,
  onward: string | undefined,
  edgeIds: [string, string],
): Graph {
  const old = graph.edges.find((edge) => leavesBy(edge, from));
  const joined = connect(addNode(graph, node), from, node.id, edgeIds[0]);
  if (!old || onward === undefined) return joined;
  return connect(joined, { nodeId: node.id, handle: onward }, old.target, edgeIds[1]);
}

/** Moves what lies below a new step down, so that it covers nothing: every step reachable from `start` at or below `fromY`. */
export function pushDown(graph: Graph, start: string, fromY: number, by: number, except: string): Graph {
  const below = reachable(graph, start);
  below.delete(except);
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      below.has(node.id) && node.position.y >= fromY
        ? { ...node, position: { x: node.position.x, y: node.position.y + by } }
        : node,
    ),
  };
}

/**
 * Removes steps. A removed step's way in is healed to where its main way (or its only way) out led, so that a flow with a
 * step taken out of its middle still runs through.
 */
export function removeNodes(graph: Graph, ids: readonly string[], newId: () => string): Graph {
  return ids.reduce((rest, id) => removeNode(rest, id, newId), leaveGroups(graph, ids));
}

function removeNode(graph: Graph, id: string, newId: () => string): Graph {
  const outgoing = graph.edges.filter((edge) => edge.source === id);
  const through =
    outgoing.find((edge) => edge.sourceHandle === "next") ?? (outgoing.length === 1 ? outgoing[0] : undefined);
  const kept = graph.edges.filter((edge) => edge.source !== id && edge.target !== id);
  const healed = graph.edges
    .filter((edge) => edge.target === id && through && edge.source !== through.target)
    .map((edge) => ({ ...edge, id: newId(), target: through?.target ?? "" }));
  return { ...graph, nodes: graph.nodes.filter((node) => node.id !== id), edges: [...kept, ...healed] };
}

export const removeEdges = (graph: Graph, ids: readonly string[]): Graph => ({
  ...graph,
  edges: graph.edges.filter((edge) => !ids.includes(edge.id)),
});

/** Puts steps and notes where they were dragged. One that has not moved keeps its identity, so that nothing is drawn twice. */
export function moveNodes(graph: Graph, positions: ReadonlyMap<string, Point>): Graph {
  let moved = false;
  const place = <Item extends { id: string; position: Point }>(item: Item): Item => {
    const to = positions.get(item.id);
    if (!to || (to.x === item.position.x && to.y === item.position.y)) return item;
    moved = true;
    return { ...item, position: { x: Math.round(to.x), y: Math.round(to.y) } };
  };
  const nodes = graph.nodes.map(place);
  const notes = (graph.notes ?? []).map(place);
  return moved ? withNotes({ ...graph, nodes }, notes) : graph;
}

/** Changes a step's settings or title. `handles` are its ways out afterwards: edges of vanished ones go. */
export function changeNode(
  graph: Graph,
  id: string,
  change: Partial<Pick<GraphNode, "data" | "title">>,
  handles: readonly string[] | null,
): Graph {
  const nodes = graph.nodes.map((node) => (node.id === id ? withoutEmptyTitle({ ...node, ...change }) : node));
  const isCut = ({ source, sourceHandle }: GraphEdge) => source === id && handles?.includes(sourceHandle) === false;
  return { ...graph, nodes, edges: graph.edges.some(isCut) ? graph.edges.filter((edge) => !isCut(edge)) : graph.edges };
}

function withoutEmptyTitle(node: GraphNode): GraphNode {
  if (node.title) return node;
  const { title: _, ...rest } = node;
  return rest;
}

export const changeSettings = (graph: Graph, change: Partial<FlowSettings>): Graph => ({
  ...graph,
  settings: { ...graph.settings, ...change },
});

/** What can be copied: steps with the edges among them, notes, and groups that are copied whole. */
export type Copies = Pick<Graph, "nodes" | "edges" | "notes" | "groups">;

/** Adds copies under new ids, `by` beside the originals. A step that names another copied step names its copy. Returns the new ids. */
export function addCopies(
  graph: Graph,
  copies: Copies,
  by: Point,
  newId: () => string,
): { graph: Graph; ids: string[] } {
  const { nodes, edges, notes = [], groups = [] } = copies;
  const idOf = new Map([...nodes, ...notes].map(({ id }) => [id, newId()]));
  const idsOf = (ids: readonly string[]) => ids.flatMap((id) => idOf.get(id) ?? []);
  const copy = <Item extends { id: string; position: Point }>(item: Item): Item => ({
    ...item,
    id: idOf.get(item.id) ?? newId(),
    position: { x: item.position.x + by.x, y: item.position.y + by.y },
  });
  const added = nodes.map(copy).map((node) => ({ ...node, data: renamed(node.data, idOf) }));
  const joined = edges.flatMap((edge) => {
    const [source, target] = [idOf.get(edge.source), idOf.get(edge.target)];
    return source && target ? [{ ...edge, id: newId(), source, target }] : [];
  });
  const grown = withNotes({ ...graph, nodes: [...graph.nodes, ...added], edges: [...graph.edges, ...joined] }, [
    ...(graph.notes ?? []),
    ...notes.map(copy),
  ]);
  return {
    graph: groups.reduce((rest, group) => addGroup(rest, { ...group, id: newId(), steps: idsOf(group.steps) }), grown),
    ids: [...idOf.values()],
  };
}

/** Settings in which ids of copied steps are replaced by those of their copies. */
function renamed(data: GraphNode["data"], idOf: ReadonlyMap<string, string>): GraphNode["data"] {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, typeof value === "string" ? (idOf.get(value) ?? value) : value]),
  );
}

/** Ids of the steps that can be reached from `start`, itself included. */
function reachable(graph: Graph, start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of graph.edges) if (edge.source === id) open.push(edge.target);
  }
  return seen;
}

const leavesBy = (edge: GraphEdge, from: Exit): boolean =>
  edge.source === from.nodeId && edge.sourceHandle === from.handle;
