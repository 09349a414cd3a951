import { Graph as LayoutGraph, layout } from "@dagrejs/dagre";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { flowOrder } from "./flow-order.ts";
import type { Point } from "./graph-edits.ts";
import { handlesOf } from "./step-handles.ts";

export type Size = { width: number; height: number };

export const cardWidth = 260;
const gap = { row: 44, column: 48 };

/** New places for all steps: top to bottom, the main way straight down, what replies lead to at the right. */
export function autoLayout(graph: Graph, sizes: ReadonlyMap<string, Size>, catalog: Catalog): Map<string, Point> {
  const drawing = new LayoutGraph({ multigraph: true });
  drawing.setGraph({ rankdir: "TB", ranksep: gap.row, nodesep: gap.column, ranker: "network-simplex" });
  drawing.setDefaultEdgeLabel(() => ({}));
  // Steps are handed over in flow order: the layout keeps siblings in the order it meets them, so replies end up at the right.
  const rows = flowOrder(graph, catalog);
  for (const { node } of rows) drawing.setNode(node.id, { ...sizeOf(node.id, sizes) });
  for (const { node } of rows) {
    const places = new Map(
      handlesOf(node, catalog).map((handle, index) => [handle.id, { place: handle.place, index }]),
    );
    const edges = graph.edges
      .filter((edge) => edge.source === node.id && drawing.hasNode(edge.target))
      .toSorted((a, b) => rank(places.get(a.sourceHandle)) - rank(places.get(b.sourceHandle)));
    for (const edge of edges) {
      const isReply = places.get(edge.sourceHandle)?.place === "reply";
      drawing.setEdge(
        edge.source,
        edge.target,
        { weight: edge.sourceHandle === "next" ? 12 : isReply ? 1 : 3, minlen: 1 },
        edge.id,
      );
    }
  }
  layout(drawing);
  return new Map(
    rows.map(({ node }) => {
      const { width, height } = sizeOf(node.id, sizes);
      const centre: Partial<Point> = drawing.node(node.id);
      return [node.id, { x: Math.round((centre.x ?? 0) - width / 2), y: Math.round((centre.y ?? 0) - height / 2) }];
    }),
  );
}

const sizeOf = (id: string, sizes: ReadonlyMap<string, Size>): Size =>
  sizes.get(id) ?? { width: cardWidth, height: 80 };

const placeOrder: Record<string, number> = { main: 0, outcome: 100, reply: 200, quiet: 300 };
const rank = (handle: { place: string; index: number } | undefined): number =>
  handle ? (placeOrder[handle.place] ?? 0) + handle.index : 400;
