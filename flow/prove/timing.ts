import { isTrigger, type Steps } from "./steps.ts";
import { type Route, routeOf, trace, type Way, type Ways } from "./ways.ts";

/** Times along the ways, in milliseconds. */
export type Timing = {
  /** The least that can have passed since somebody came in when they arrive here; Infinity where nobody does. */
  sinceEntry: (nodeId: string) => number;
  /** The most that can have passed since the person's last message; Infinity: nobody knows. */
  sinceWord: (nodeId: string) => number;
  /** The way on which that is so: for Infinity from where nothing is known any more. */
  longestSilence: (nodeId: string) => Route;
  /** The least that can have passed since the person's last message that the flow knows of. */
  leastSinceWord: (nodeId: string) => number;
};

/** Beyond this nobody asks how long it is: a window is open for a day. */
const mostAsked = 25 * 3_600_000;

export function timeWays(steps: Steps, ways: Ways): Timing {
  const triggers = [...steps.values()].filter(isTrigger);
  const entries = new Map(triggers.map(({ graphNode }) => [graphNode.id, 0]));
  const words = new Map(
    triggers.map(({ graphNode, type }) => [graphNode.id, type?.opensWindow ? 0 : Number.POSITIVE_INFINITY]),
  );
  const sinceEntry = soonest(entries, ways, (way, before) => before + (way.isLate ? 0 : way.stay.least));
  const leastSinceWord = soonest(words, ways, (way, before) =>
    way.byPerson ? 0 : before + (way.isLate ? 0 : way.stay.least),
  );
  const silence = longest(words, ways);
  return {
    sinceEntry: (nodeId) => sinceEntry.get(nodeId) ?? Number.POSITIVE_INFINITY,
    sinceWord: (nodeId) => silence.at.get(nodeId) ?? 0,
    longestSilence: (nodeId) => silence.routeTo(nodeId),
    leastSinceWord: (nodeId) => leastSinceWord.get(nodeId) ?? Number.POSITIVE_INFINITY,
  };
}

/** The least time at every step (Dijkstra): `after` never gives less than what it is given, except back to nothing. */
function soonest(
  starts: ReadonlyMap<string, number>,
  ways: Ways,
  after: (way: Way, before: number) => number,
): ReadonlyMap<string, number> {
  const least = new Map(starts);
  // Few rounds: nearly every step is settled when it is first met, since most ways lead on.
  let open = [...starts.keys()];
  while (open.length > 0) {
    const next = new Set<string>();
    for (const id of open) {
      const before = least.get(id) ?? Number.POSITIVE_INFINITY;
      for (const way of ways.from(id)) {
        const there = after(way, before);
        const known = least.get(way.target);
        if (known !== undefined && known <= there) continue;
        least.set(way.target, there);
        next.add(way.target);
      }
    }
    open = [...next];
  }
  return least;
}

/** A step whose longest time grew so often lies on a circle that adds to it. */
const mostGrowths = 40;

/** The most at every step; what grows beyond all that anybody asks, or on a circle, is Infinity. */
function longest(starts: ReadonlyMap<string, number>, ways: Ways) {
  const at = new Map(starts);
  const cameBy = new Map<string, Way | null>();
  const growths = new Map<string, number>();
  let open = [...starts.keys()];
  while (open.length > 0) {
    const next = new Set<string>();
    for (const id of open) {
      const before = at.get(id) ?? 0;
      for (const way of ways.from(id)) {
        const sum = way.byPerson ? 0 : way.isLate ? Number.POSITIVE_INFINITY : before + way.stay.most;
        const count = growths.get(way.target) ?? 0;
        const there = sum > mostAsked || (count > mostGrowths && sum > 0) ? Number.POSITIVE_INFINITY : sum;
        const known = at.get(way.target);
        if (known !== undefined && known >= there) continue;
        at.set(way.target, there);
        cameBy.set(way.target, way);
        growths.set(way.target, count + 1);
        next.add(way.target);
      }
    }
    open = [...next];
  }
  return { at, routeTo: (nodeId: string): Route => routeOf(trace(nodeId, cameBy), nodeId) };
}
