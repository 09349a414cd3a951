import { graphLimits } from "../graph.ts";
import { type Route, routeOf, type Way } from "./ways.ts";

const dayMs = 24 * 3_600_000;

/** More messages than this are not counted out: no workspace allows so many on a day. */
const mostCounted = 50;

/** Messages in any 24 hours, and an example. `isMore`: it was not counted any further. */
export type BusiestDay = { count: number; isMore: boolean; route: Route };

/**
 * The most messages within 24 hours, wherever they begin, going by these ways: for each number of messages the least time in which so
 * many can be sent, the last of them at each step. Steps on a circle may count beyond their limit of visits, so that the bound may be
 * too high and is never too low.
 */
export function findBusiestDay(senders: readonly string[], ownWays: readonly Way[]): BusiestDay {
  const ids = [...new Set([...senders, ...ownWays.flatMap(({ source, target }) => [source, target])])];
  const numberOf = new Map(ids.map((id, index) => [id, index]));
  const sends = new Set(senders.map((id) => numberOf.get(id) ?? -1));
  const from: Step[][] = ids.map(() => []);
  for (const way of ownWays)
    from[numberOf.get(way.source) ?? -1]?.push({ to: numberOf.get(way.target) ?? -1, least: way.stay.least, way });
  const layers: Layer[] = [];
  let times = new Map([...sends].map((step) => [step, 0]));
  const limit = Math.min(mostCounted, senders.length * graphLimits.visitsPerNode);
  let count = Math.min(1, senders.length);
  while (count > 0 && count < limit) {
    const next = nextMessages(times, { from, sends, size: ids.length });
    if (next.times.size === 0) break;
    layers.push(next);
    times = next.times;
    count += 1;
  }
  return { count, isMore: count === mostCounted, route: routeBack(layers, times.keys().next().value, ids) };
}

type Step = { to: number; least: number; way: Way };
type Drawn = { from: readonly Step[][]; sends: ReadonlySet<number>; size: number };
/** When the next message can be sent at each step, and by which way one came to each step on the way there. */
type Layer = { times: Map<number, number>; cameBy: (Step & { before: number; isStart: boolean })[] };

/** From messages sent at these times to the next ones: the least times, without another message between, within the day. */
function nextMessages(sent: ReadonlyMap<number, number>, { from, sends, size }: Drawn): Layer {
  const least = new Array<number>(size).fill(dayMs);
  const cameBy: Layer["cameBy"] = [];
  let open: number[] = [];
  const leave = (step: number, time: number, isStart: boolean, next: number[]) => {
    for (const out of from[step] ?? []) {
      const there = time + out.least;
      if (there >= (least[out.to] ?? 0)) continue;
      least[out.to] = there;
      cameBy[out.to] = { ...out, before: step, isStart };
      if (!sends.has(out.to)) next.push(out.to);
    }
  };
  for (const [step, time] of sent) leave(step, time, true, open);
  while (open.length > 0) {
    const next: number[] = [];
    for (const step of open) leave(step, least[step] ?? dayMs, false, next);
    open = next;
  }
  const times = new Map<number, number>();
  for (const step of sends) {
    const time = least[step] ?? dayMs;
    if (time < dayMs) times.set(step, time);
  }
  return { times, cameBy };
}

function routeBack(layers: readonly Layer[], last: number | undefined, ids: readonly string[]): Route {
  if (last === undefined) return { nodes: [], edges: [] };
  const course: Way[] = [];
  let step = last;
  for (const { cameBy } of layers.toReversed()) {
    for (let by = cameBy[step]; by; by = cameBy[step]) {
      course.push(by.way);
      step = by.before;
      if (by.isStart || course.length > 10_000) break;
    }
  }
  return routeOf(course.reverse(), ids[last] ?? "");
}
