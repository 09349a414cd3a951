import type { GraphShape } from "#flow/graph-shape.ts";

export type Place = { id: string; type: string; x: number; y: number };
export type ThumbnailLayout = { nodes: Place[]; edges: { id: string; path: string }[]; width: number; height: number };

/** Pixels at full size: a node, the distance between two layers and between two rows. */
export const nodeSize = { width: 40, height: 24 };
const pitch = { x: 62, y: 33 };
const corner = 6;
/** Between the lowest row and the line below all of them. */
const laneGap = 8;

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
  const span = (axis: "x" | "y") => Math.max(0, ...places.map((place) => place[axis]));
  const lane = span("y") + nodeSize.height + laneGap;
  const drawn = tree.forward.flatMap(({ source, target }) => {
    const from = byId.get(source);
    const to = byId.get(target);
    return from && to ? [{ id: `${source} ${target}`, path: pathBetween(from, to, { places, lane }) }] : [];
  });
  const usesLane = drawn.some(({ path }) => path.includes(`V${lane - corner}`));
  return {
    nodes: places,
    edges: drawn,
    width: span("x") + nodeSize.width,
    height: span("y") + nodeSize.height + (usesLane ? laneGap + 1 : 0),
  };
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

/**
 * Out at the right, in at the left. An edge over several layers runs in its target's row, or in its source's, whichever is free;
 * where both are taken it runs below the whole drawing, so that no line seems to come out of a step it only passes.
 */
function pathBetween(from: Place, to: Place, { places, lane }: { places: Place[]; lane: number }): string {
  const isTaken = (y: number) =>
    places.some((place) => place.x > from.x && place.x < to.x && Math.abs(place.y - y) < nodeSize.height);
  const start = { x: from.x + nodeSize.width, y: from.y + nodeSize.height / 2 };
  const end = { x: to.x, y: to.y + nodeSize.height / 2 };
  const half = (pitch.x - nodeSize.width) / 2;
  if (!isTaken(to.y)) return `M${start.x} ${start.y}${turn(start.y, end.y, start.x + half)}H${end.x}`;
  if (!isTaken(from.y)) return `M${start.x} ${start.y}${turn(start.y, end.y, end.x - half)}H${end.x}`;
  return `M${start.x} ${start.y}${turn(start.y, lane, start.x + half)}${turn(lane, end.y, end.x - half)}H${end.x}`;
}

/** From a horizontal run at one height to one at another, with rounded corners at `x`. */
function turn(fromY: number, toY: number, x: number): string {
  if (fromY === toY) return "";
  const radius = Math.min(corner, Math.abs(toY - fromY) / 2);
  const down = toY > fromY ? 1 : -1;
  return `H${x - radius}Q${x} ${fromY} ${x} ${fromY + down * radius}V${toY - down * radius}Q${x} ${toY} ${x + radius} ${toY}`;
}
