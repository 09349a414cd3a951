import type { GraphShape } from "#flow/graph-shape.ts";

export type Place = { id: string; type: string; x: number; y: number };
export type ThumbnailLayout = { nodes: Place[]; edges: { id: string; path: string }[]; width: number; height: number };

/** Pixels at full size: a node, the distance between two layers and between two rows. */
export const nodeSize = { width: 40, height: 24 };
const pitch = { x: 62, y: 33 };
const corner = 6;

/**
 * A small drawing of a graph from left to right, made from its edges alone: what follows stands one layer further right, a branch
 * takes its own row. Edges that lead back are left out. Total over any graph; the same graph always looks the same.
 */
export function layoutThumbnail({ nodes, edges }: Pick<GraphShape, "nodes" | "edges">): ThumbnailLayout {
  const tree = growTree(nodes, edges);
  const layers = findLayers(tree);
  const rows = findRows(tree);
  const places = nodes.map(({ id, type }) => ({
    id,
    type,
    x: (layers.get(id) ?? 0) * pitch.x,
    y: (rows.get(id) ?? 0) * pitch.y,
  }));
  const byId = new Map(places.map((place) => [place.id, place]));
  const drawn = tree.forward.flatMap(({ source, target }) => {
    const from = byId.get(source);
    const to = byId.get(target);
    return from && to ? [{ id: `${source} ${target}`, path: edgePath(from, to) }] : [];
  });
  const span = (axis: "x" | "y") => Math.max(0, ...places.map((place) => place[axis]));
  return { nodes: places, edges: drawn, width: span("x") + nodeSize.width, height: span("y") + nodeSize.height };
}

type Edge = { source: string; target: string };
type Tree = { order: string[]; roots: string[]; children: Map<string, string[]>; forward: Edge[] };

/** Walks the graph depth first from the steps nothing leads to. Each step belongs to the branch that met it first. */
function growTree(nodes: GraphShape["nodes"], edges: GraphShape["edges"]): Tree {
  const outgoing = Map.groupBy(edges, (edge) => edge.source);
  const entered = new Set(edges.filter((edge) => edge.source !== edge.target).map((edge) => edge.target));
  const tree: Tree = { order: [], roots: [], children: new Map(), forward: [] };
  const state = new Map<string, "open" | "done">();
  const visit = (id: string) => {
    state.set(id, "open");
    const children: string[] = [];
    tree.children.set(id, children);
    for (const target of new Set((outgoing.get(id) ?? []).map((edge) => edge.target))) {
      if (state.get(target) === "open") continue;
      tree.forward.push({ source: id, target });
      if (state.has(target)) continue;
      children.push(target);
      visit(target);
    }
    state.set(id, "done");
    tree.order.unshift(id);
  };
  const starts = [...nodes.filter((node) => !entered.has(node.id)), ...nodes];
  for (const { id } of starts) {
    if (state.has(id)) continue;
    tree.roots.push(id);
    visit(id);
  }
  return tree;
}

/** The longest way from a start: `order` has every step before those that follow it. */
function findLayers({ order, forward }: Tree): Map<string, number> {
  const layers = new Map(order.map((id) => [id, 0]));
  const outgoing = Map.groupBy(forward, (edge) => edge.source);
  for (const id of order) {
    for (const { target } of outgoing.get(id) ?? []) {
      layers.set(target, Math.max(layers.get(target) ?? 0, (layers.get(id) ?? 0) + 1));
    }
  }
  return layers;
}

/** A step with nothing of its own behind it takes the next free row; all others stand in the middle of what follows. */
function findRows({ roots, children }: Tree): Map<string, number> {
  const rows = new Map<string, number>();
  let free = 0;
  const place = (id: string): number => {
    const own = (children.get(id) ?? []).map(place);
    const first = own[0];
    const last = own.at(-1);
    const row = first === undefined || last === undefined ? free++ : (first + last) / 2;
    rows.set(id, row);
    return row;
  };
  for (const root of roots) place(root);
  return rows;
}

/** Out at the right, in at the left, with rounded corners; the bend stands close to the source, so that branches share it. */
function edgePath(from: Place, to: Place): string {
  const start = { x: from.x + nodeSize.width, y: from.y + nodeSize.height / 2 };
  const end = { x: to.x, y: to.y + nodeSize.height / 2 };
  if (start.y === end.y) return `M${start.x} ${start.y}H${end.x}`;
  const bend = start.x + (pitch.x - nodeSize.width) / 2;
  const radius = Math.min(corner, Math.abs(end.y - start.y) / 2);
  const down = end.y > start.y ? 1 : -1;
  return `M${start.x} ${start.y}H${bend - radius}Q${bend} ${start.y} ${bend} ${start.y + down * radius}V${end.y - down * radius}Q${bend} ${end.y} ${bend + radius} ${end.y}H${end.x}`;
}
