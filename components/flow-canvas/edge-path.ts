import type { GraphNode } from "#flow/graph.ts";

type Point = GraphNode["position"];

const radius = 12;
const stub = 20;
const hair = 6;
const halfCard = 130;

/** Whether a card stands on the level line from a point to this x. */
export type IsInTheWay = (from: Point, toX: number) => boolean;

export type EdgePath = { path: string; middle: Point };

/**
 * The line from a way out to the top of a step: straight pieces with round corners. It bends just below where it starts (from
 * a bottom handle) or runs to the target's column first (from the right edge), so that lines to the same step run together
 * there. Where the target is above or behind, or a card stands in the way to its column, it goes around: down beside its own
 * card and in from above.
 */
export function edgePath(
  from: Point & { side: "bottom" | "right" },
  to: Point,
  isInTheWay: IsInTheWay = () => false,
): EdgePath {
  const points = from.side === "bottom" ? fromBottom(from, to) : fromRight(from, to, isInTheWay);
  return { path: rounded(points), middle: middleOf(points) };
}

function fromBottom(from: Point, to: Point): Point[] {
  const gap = to.y - from.y;
  // A step that stands a hair's breadth beside gets a straight line: a jog of some pixels only looks like a mistake.
  if (gap > 0 && Math.abs(to.x - from.x) <= hair) return [from, to];
  if (gap >= 16) {
    const bend = from.y + Math.min(stub, gap / 2);
    return [from, { x: from.x, y: bend }, { x: to.x, y: bend }, to];
  }
  const around = aroundOwnCard(from, to);
  const out = from.y + stub;
  const into = to.y - stub;
  return [from, { x: from.x, y: out }, { x: around, y: out }, { x: around, y: into }, { x: to.x, y: into }, to];
}

/**
 * The column in which a line goes back up: beside the step it leads to where that stands clear of its own card, else around the side
 * on which there is more room.
 */
function aroundOwnCard(from: Point, to: Point): number {
  const side = to.x >= from.x ? 1 : -1;
  const beside = Math.abs(to.x - from.x) - halfCard - stub;
  return beside >= 170 ? from.x + side * beside : from.x - side * 170;
}

function fromRight(from: Point, to: Point, isInTheWay: IsInTheWay): Point[] {
  if (to.x >= from.x + stub && to.y >= from.y + stub && !isInTheWay(from, to.x))
    return [from, { x: to.x, y: from.y }, to];
  const lane = from.x + stub + 4;
  const into = to.y - stub;
  return [from, { x: lane, y: from.y }, { x: lane, y: into }, { x: to.x, y: into }, to];
}

function rounded(points: readonly Point[]): string {
  const [first, ...rest] = withoutRepeats(points);
  if (!first) return "";
  const pieces = rest.map((point, index) => {
    const before = rest[index - 1] ?? first;
    const after = rest[index + 1];
    if (!after) return `L ${point.x} ${point.y}`;
    const r = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
    const a = towards(point, before, r);
    const b = towards(point, after, r);
    return `L ${a.x} ${a.y} Q ${point.x} ${point.y} ${b.x} ${b.y}`;
  });
  return [`M ${first.x} ${first.y}`, ...pieces].join(" ");
}

const withoutRepeats = (points: readonly Point[]): Point[] =>
  points.filter((point, index) => {
    const before = points[index - 1];
    return !before || distance(before, point) > 0.5;
  });

/** The middle of the longest piece: where a button covers least. */
function middleOf(points: readonly Point[]): Point {
  const pieces = points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
  const longest = pieces.toSorted((a, b) => distance(b.from, b.to) - distance(a.from, a.to))[0];
  return longest ? { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 } : { x: 0, y: 0 };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}
