import type { Size } from "#components/flow-canvas/frame-around.ts";
import type { Handle } from "#flow/define-node.ts";
import type { Graph } from "#flow/graph.ts";
import { cardWidth, cardGap as gap } from "./auto-layout.ts";
import type { Exit, Point } from "./graph-edits.ts";

const newCardHeight = 96;

/**
 * Where a new step goes that follows a way out: below for the main way, fanned out below for outcomes, at the right for
 * replies and quiet ways. A place that is taken is left for the next free one at its right.
 */
export function placeAfter(
  graph: Graph,
  sizes: ReadonlyMap<string, Size>,
  from: Exit,
  handles: readonly Handle[],
): Point {
  const source = graph.nodes.find((node) => node.id === from.nodeId);
  if (!source) return freePlace(graph, sizes, { x: 0, y: 0 });
  const { x, y } = source.position;
  const height = sizes.get(source.id)?.height ?? newCardHeight;
  const handle = handles.find((candidate) => candidate.id === from.handle);
  if (handle?.place === "reply" || handle?.place === "quiet") {
    return freePlace(graph, sizes, { x: x + cardWidth + 2 * gap.column, y: y + height + gap.row });
  }
  const outcomes = handles.filter((candidate) => candidate.place === "outcome");
  const index = outcomes.findIndex((candidate) => candidate.id === from.handle);
  const shift = index < 0 ? 0 : (index - (outcomes.length - 1) / 2) * (cardWidth + gap.column);
  return freePlace(graph, sizes, { x: Math.round(x + shift), y: y + height + gap.row });
}

/** The wished place, or the nearest free one at its right. */
export function freePlace(graph: Graph, sizes: ReadonlyMap<string, Size>, wished: Point): Point {
  const taken = (at: Point) =>
    graph.nodes.some((node) => {
      const height = sizes.get(node.id)?.height ?? newCardHeight;
      const { x, y } = node.position;
      return Math.abs(x - at.x) < cardWidth + 12 && at.y < y + height + 12 && at.y + newCardHeight > y - 12;
    });
  const place = { ...wished };
  while (taken(place)) place.x += cardWidth + gap.column;
  return place;
}
