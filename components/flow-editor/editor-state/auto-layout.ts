import type { Size } from "#components/flow-canvas/frame-around.ts";
import { handlesOf } from "#components/flow-words/step-handles.ts";
import type { Handle } from "#flow/define-node.ts";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { flowOrder } from "./flow-order.ts";
import type { Point } from "./graph-edits.ts";

export const cardWidth = 260;
export const cardGap = { row: 44, column: 48 };
const sideGap = 88;

type Way = { target: string; handle: Handle | undefined; shift: number };
type Plan = { ways: ReadonlyMap<string, Way[]>; topOf: (id: string) => number; bottomOf: (id: string) => number };
type Box = { left: number; right: number; top: number; bottom: number };

/**
 * New places for all steps. The main way runs straight down, outcomes fan out below their cells, and what replies lead to
 * stands at the right of everything, so that no line has to cross a card. Rows follow the longest way to a step.
 */
export function autoLayout(graph: Graph, sizes: ReadonlyMap<string, Size>, catalog: Catalog): Map<string, Point> {
  const order = flowOrder(graph, catalog).map(({ node }) => node.id);
  const ways = waysOf(graph, catalog);
  const heightOf = (id: string) => sizes.get(id)?.height ?? 96;
  const isSide = new Set([...ways.values()].flatMap((list) => list.filter(isReply).map((way) => way.target)));
  const y = rowsOf(order, ways, heightOf, isSide);
  const topOf = (id: string) => y.get(id) ?? 0;
  const plan: Plan = { ways, topOf, bottomOf: (id) => topOf(id) + heightOf(id) };
  const x = new Map<string, number>();
  const boxes: Box[] = [];
  for (const root of order.filter((id) => !isSide.has(id))) {
    if (x.has(root)) continue;
    const tree = treeOf(root, plan, new Set([...x.keys(), ...isSide]));
    place(tree, Math.max(x.size === 0 ? 0 : Number.NEGATIVE_INFINITY, clearOf(boxes, tree.boxes)), x, boxes);
  }
  placeSides(order, plan, isSide, x, boxes);
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
function rowsOf(
  order: readonly string[],
  ways: ReadonlyMap<string, Way[]>,
  heightOf: (id: string) => number,
  isSide: ReadonlySet<string>,
): Map<string, number> {
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

/** Places from the root's own, and the room that is taken: a card, and the line above it up to the step that leads there. */
type Tree = { x: Map<string, number>; boxes: Box[] };

/** A step with everything below it, relative to the step's own place; steps in `taken` belong elsewhere. */
function treeOf(id: string, plan: Plan, taken: Set<string>, above = plan.topOf(id)): Tree {
  taken.add(id);
  const bottom = plan.bottomOf(id);
  const below = (plan.ways.get(id) ?? [])
    .filter((way) => !isReply(way))
    .flatMap((way) => (taken.has(way.target) ? [] : [{ way, tree: treeOf(way.target, plan, taken, bottom) }]));
  const tree: Tree = {
    x: new Map([[id, 0]]),
    boxes: [{ left: 0, right: cardWidth, top: Math.min(above, plan.topOf(id)), bottom }],
  };
  for (const { tree: child, at } of spread(below)) place(child, at, tree.x, tree.boxes);
  return tree;
}

/** Adds a tree at a place to what stands already. */
function place(tree: Tree, at: number, x: Map<string, number>, boxes: Box[]): void {
  for (const [id, own] of tree.x) x.set(id, own + at);
  boxes.push(...moved(tree.boxes, at));
}

const moved = (boxes: readonly Box[], by: number): Box[] =>
  boxes.map((box) => ({ ...box, left: box.left + by, right: box.right + by }));

/** How far right boxes have to go to stand clear of others, row by row: they may reach under what ends above them. */
function clearOf(others: readonly Box[], boxes: readonly Box[]): number {
  let by = Number.NEGATIVE_INFINITY;
  for (const other of others)
    for (const box of boxes) {
      const isBeside = other.top < box.bottom + cardGap.row / 2 && box.top < other.bottom + cardGap.row / 2;
      if (isBeside) by = Math.max(by, other.right + cardGap.column - box.left);
    }
  return by;
}

const mirrored = (boxes: readonly Box[]): Box[] => boxes.map((box) => ({ ...box, left: -box.right, right: -box.left }));

type Below = { way: Way; tree: Tree };

/** Side by side without touching. The largest stays under its own way out, so that a long flow runs down and not away. */
function spread(below: Below[]): { tree: Tree; at: number }[] {
  const sizeOf = ({ tree }: Below) => tree.x.size;
  const largest = below.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (!largest) return [];
  const isAlone = below.every((other) => other === largest || sizeOf(other) < sizeOf(largest));
  const index = isAlone ? below.indexOf(largest) : 0;
  const first = isAlone ? largest.way.shift : 0;
  const places = new Map<Below, number>();
  const boxes: Box[] = [];
  const put = (one: Below, at: number) => {
    places.set(one, at);
    boxes.push(...moved(one.tree.boxes, at));
  };
  const pivot = below[index] ?? largest;
  put(pivot, first);
  for (const one of below.slice(index + 1)) put(one, clearOf(boxes, one.tree.boxes));
  for (const one of below.slice(0, index).reverse()) put(one, -clearOf(mirrored(boxes), mirrored(one.tree.boxes)));
  // Equals share the middle.
  const ends = [places.get(below[0] ?? pivot) ?? 0, places.get(below.at(-1) ?? pivot) ?? 0];
  const by = isAlone ? 0 : -((ends[0] ?? 0) + (ends[1] ?? 0)) / 2;
  return below.map((one) => ({ tree: one.tree, at: (places.get(one) ?? 0) + by }));
}

/** What replies lead to: at the right, as near as nothing stands between it and the messages that lead there. */
function placeSides(
  order: readonly string[],
  plan: Plan,
  isSide: ReadonlySet<string>,
  x: Map<string, number>,
  boxes: Box[],
): void {
  for (const root of order.filter((id) => isSide.has(id))) {
    if (x.has(root)) continue;
    const tree = treeOf(root, plan, new Set(x.keys()));
    const sources = order.filter((id) => plan.ways.get(id)?.some((way) => way.target === root));
    const top = Math.min(plan.topOf(root), ...sources.map(plan.topOf));
    const left = Math.min(...tree.boxes.map((box) => box.left));
    const right = Math.max(...tree.boxes.map((box) => box.right));
    const bottom = Math.max(...tree.boxes.map((box) => box.bottom));
    // The whole way down from the first message must be free for its lines.
    const at = clearOf(boxes, [{ left, right, top, bottom }]);
    place(tree, Number.isFinite(at) ? at + sideGap - cardGap.column : 0, x, boxes);
  }
}
