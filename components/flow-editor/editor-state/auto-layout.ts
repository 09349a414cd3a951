import { handlesOf } from "#components/flow-words/step-handles.ts";
import type { Handle } from "#flow/define-node.ts";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { flowOrder } from "./flow-order.ts";
import type { Point } from "./graph-edits.ts";

export type Size = { width: number; height: number };

export const cardWidth = 260;
export const cardGap = { row: 44, column: 48 };
const sideGap = 88;

type Way = { target: string; handle: Handle | undefined; shift: number };
type Plan = { ways: ReadonlyMap<string, Way[]>; heightOf: (id: string) => number };

/**
 * New places for all steps. The main way runs straight down, outcomes fan out below their cells, and what replies lead to
 * stands at the right of everything, so that no line has to cross a card. Rows follow the longest way to a step.
 */
export function autoLayout(graph: Graph, sizes: ReadonlyMap<string, Size>, catalog: Catalog): Map<string, Point> {
  const order = flowOrder(graph, catalog).map(({ node }) => node.id);
  const plan: Plan = { ways: waysOf(graph, catalog), heightOf: (id) => sizes.get(id)?.height ?? 96 };
  const isSide = new Set([...plan.ways.values()].flatMap((ways) => ways.filter(isReply).map((way) => way.target)));
  const y = rowsOf(order, plan, isSide);
  const x = new Map<string, number>();
  const roots = order.filter((id) => !isSide.has(id));
  let right = 0;
  for (const root of roots) {
    if (x.has(root)) continue;
    const tree = treeOf(root, plan, new Set([...x.keys(), ...isSide]));
    const shift = x.size === 0 ? 0 : right + cardGap.column - tree.left;
    for (const [id, at] of tree.x) x.set(id, at + shift);
    right = Math.max(right, tree.right + shift);
  }
  placeSides(order, plan, isSide, { x, y }, right + sideGap);
  const by = keepFirst(graph, order[0], { x, y });
  return new Map(
    order.map((id) => [id, { x: Math.round((x.get(id) ?? 0) + by.x), y: Math.round((y.get(id) ?? 0) + by.y) }]),
  );
}

/** The first step stays where it stands, so that the picture does not jump away. */
function keepFirst(
  graph: Graph,
  first: string | undefined,
  { x, y }: { x: ReadonlyMap<string, number>; y: ReadonlyMap<string, number> },
): Point {
  const node = graph.nodes.find(({ id }) => id === first);
  if (!node) return { x: 0, y: 0 };
  return { x: node.position.x - (x.get(node.id) ?? 0), y: node.position.y - (y.get(node.id) ?? 0) };
}

/** New places of the steps, and of the notes: each goes along with the step it stood nearest to. */
export function withNotesBeside(graph: Graph, places: ReadonlyMap<string, Point>): Map<string, Point> {
  const all = new Map(places);
  for (const { id, position } of graph.notes ?? []) {
    const away = (at: Point) => Math.hypot(at.x - position.x, at.y - position.y);
    const nearest = graph.nodes.toSorted((a, b) => away(a.position) - away(b.position))[0];
    const to = nearest && places.get(nearest.id);
    if (!nearest || !to) continue;
    const by = { x: to.x - nearest.position.x, y: to.y - nearest.position.y };
    all.set(id, { x: position.x + by.x, y: position.y + by.y });
  }
  return all;
}

const isReply = ({ handle }: Way): boolean => handle?.place === "reply" || handle?.place === "quiet";

/** Ways on from each step in the order they are drawn; `shift` is how far the way's handle is from the card's middle. */
function waysOf(graph: Graph, catalog: Catalog): Map<string, Way[]> {
  const known = new Set(graph.nodes.map((node) => node.id));
  return new Map(
    graph.nodes.map((node) => {
      const handles = handlesOf(node, catalog);
      const outcomes = handles.filter((handle) => handle.place === "outcome");
      const rank = (id: string) => handles.findIndex((handle) => handle.id === id);
      const ways = graph.edges
        .filter((edge) => edge.source === node.id && known.has(edge.target))
        .toSorted((a, b) => rank(a.sourceHandle) - rank(b.sourceHandle))
        .map((edge) => {
          const cell = outcomes.findIndex((handle) => handle.id === edge.sourceHandle);
          const shift = cell < 0 ? 0 : ((cell + 0.5) / outcomes.length - 0.5) * cardWidth;
          return { target: edge.target, handle: handles.find((handle) => handle.id === edge.sourceHandle), shift };
        });
      return [node.id, ways];
    }),
  );
}

/** Each step below every step that leads to it. Ways back (loops) count nothing; a reply's target may stand beside its card. */
function rowsOf(order: readonly string[], { ways, heightOf }: Plan, isSide: ReadonlySet<string>): Map<string, number> {
  const y = new Map(order.map((id) => [id, 0]));
  const onWay = new Set<string>();
  const done: string[] = [];
  const seen = new Set<string>();
  const backwards = new Set<Way>();
  const visit = (id: string) => {
    seen.add(id);
    onWay.add(id);
    for (const way of ways.get(id) ?? []) {
      if (onWay.has(way.target)) backwards.add(way);
      else if (!seen.has(way.target)) visit(way.target);
    }
    onWay.delete(id);
    done.push(id);
  };
  for (const id of order) if (!seen.has(id)) visit(id);
  for (const id of done.reverse()) {
    const bottom = (y.get(id) ?? 0) + heightOf(id);
    for (const way of ways.get(id) ?? []) {
      if (backwards.has(way)) continue;
      const isBeside = isReply(way) && isSide.has(way.target);
      y.set(way.target, Math.max(y.get(way.target) ?? 0, isBeside ? bottom : bottom + cardGap.row));
    }
  }
  return y;
}

type Tree = { x: Map<string, number>; left: number; right: number; size: number };

/** A step with everything below it, relative to the step's own place; steps in `taken` belong elsewhere. */
function treeOf(id: string, plan: Plan, taken: Set<string>): Tree {
  taken.add(id);
  const below = (plan.ways.get(id) ?? [])
    .filter((way) => !isReply(way))
    .flatMap((way) => (taken.has(way.target) ? [] : [{ way, tree: treeOf(way.target, plan, taken) }]));
  const x = new Map([[id, 0]]);
  const box = { left: 0, right: cardWidth, size: 1 };
  for (const { tree, at } of spread(below)) {
    for (const [child, childX] of tree.x) x.set(child, childX + at);
    box.left = Math.min(box.left, tree.left + at);
    box.right = Math.max(box.right, tree.right + at);
    box.size += tree.size;
  }
  return { x, ...box };
}

type Below = { way: Way; tree: Tree };

/** Side by side without touching. The largest stays under its own way out, so that a long flow runs down and not away. */
function spread(below: Below[]): { tree: Tree; at: number }[] {
  const largest = below.toSorted((a, b) => b.tree.size - a.tree.size)[0];
  if (!largest) return [];
  const index = below.indexOf(largest);
  const isAlone = below.every((other) => other === largest || other.tree.size < largest.tree.size);
  const widths = below.map(({ tree }) => tree.right - tree.left + cardGap.column);
  const total = widths.reduce((sum, width) => sum + width, -cardGap.column);
  const before = widths.slice(0, index).reduce((sum, width) => sum + width, 0);
  // Equals share the middle; else everything is hung on the largest.
  const start = isAlone ? largest.way.shift + largest.tree.left - before : cardWidth / 2 - total / 2;
  let next = start;
  return below.map(({ tree }, at) => {
    const place = next - tree.left;
    next += widths[at] ?? 0;
    return { tree, at: place };
  });
}

/** What replies lead to: in columns at the right, each as far left as nothing is in its way. */
function placeSides(
  order: readonly string[],
  plan: Plan,
  isSide: ReadonlySet<string>,
  { x, y }: { x: Map<string, number>; y: Map<string, number> },
  firstColumn: number,
): void {
  const placed: { left: number; right: number; top: number; bottom: number }[] = [];
  for (const root of order.filter((id) => isSide.has(id))) {
    if (x.has(root)) continue;
    const tree = treeOf(root, plan, new Set(x.keys()));
    const tops = [...tree.x.keys()].map((id) => y.get(id) ?? 0);
    const bottoms = [...tree.x.keys()].map((id) => (y.get(id) ?? 0) + plan.heightOf(id));
    const box = { top: Math.min(...tops) - cardGap.row / 2, bottom: Math.max(...bottoms) + cardGap.row / 2 };
    let left = firstColumn;
    const isTaken = (other: (typeof placed)[number]) =>
      other.top < box.bottom &&
      box.top < other.bottom &&
      left < other.right &&
      other.left < left + tree.right - tree.left;
    for (let hit = placed.find(isTaken); hit; hit = placed.find(isTaken)) left = hit.right + cardGap.column;
    placed.push({ ...box, left, right: left + tree.right - tree.left });
    for (const [id, at] of tree.x) x.set(id, left - tree.left + at);
  }
}
