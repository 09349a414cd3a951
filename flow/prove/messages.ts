import { graphLimits } from "../graph.ts";
import type { ChargedAs } from "../template.ts";
import { type BusiestDay, findBusiestDay } from "./busiest-day.ts";
import { circles } from "./loops.ts";
import { isTrigger, type Steps } from "./steps.ts";
import type { Way, Ways } from "./ways.ts";

/** The most a flow sends one person by itself: between two of their own acts, and unless a message that was sent long ago fails. */
export type MessageBound = {
  perDay: BusiestDay;
  /** Messages from the entry to the end, and those that an act of the person may add. */
  inAll: number;
  afterAct: number;
};

export const isMessage = (steps: Steps, nodeId: string): boolean => steps.get(nodeId)?.type?.family === "message";

/** Ways that the flow takes without the person and at the time they are due. */
const ownWay = (way: Way): boolean => !way.byPerson && !way.isLate;

export function boundMessages(steps: Steps, ways: Ways): MessageBound {
  const total = (worth: (nodeId: string) => number) => heaviest(steps, ways, worth);
  const counted = total((nodeId) => (isMessage(steps, nodeId) ? 1 : 0));
  const senders = [...steps.keys()].filter((id) => isMessage(steps, id) && ways.isReached(id));
  return { perDay: findBusiestDay(senders, ways.all.filter(ownWay)), ...counted };
}

/** What those messages cost at most, in millionths. */
export function boundCost(
  steps: Steps,
  ways: Ways,
  micros: (category: ChargedAs) => number,
  chargedAs: (nodeId: string) => ChargedAs | null,
): { inAll: number; afterAct: number } {
  return heaviest(steps, ways, (nodeId) => {
    const category = isMessage(steps, nodeId) ? chargedAs(nodeId) : null;
    return category ? micros(category) : 0;
  });
}

/**
 * The heaviest course from the entry, and from where an act of the person or a late failure may lead, taking only the flow's own ways.
 * Steps on a circle count as often as they may be visited.
 */
function heaviest(steps: Steps, ways: Ways, worth: (nodeId: string) => number): { inAll: number; afterAct: number } {
  const from = (id: string) => ways.from(id).filter(ownWay);
  const best = new Map<string, number>();
  for (const group of circles(steps.keys(), from)) {
    const inside = new Set(group);
    const out = group.flatMap(from);
    const goesRound = out.some((way) => inside.has(way.target));
    const own = group.reduce((sum, id) => sum + worth(id), 0) * (goesRound ? graphLimits.visitsPerNode : 1);
    const on = Math.max(0, ...out.flatMap((way) => (inside.has(way.target) ? [] : (best.get(way.target) ?? 0))));
    for (const id of group) best.set(id, own + on);
  }
  const at = (id: string) => (ways.isReached(id) ? (best.get(id) ?? 0) : 0);
  const triggers = [...steps.values()].filter(isTrigger);
  const acted = ways.all.filter((way) => !ownWay(way));
  return {
    inAll: Math.max(0, ...triggers.map((step) => at(step.graphNode.id))),
    afterAct: Math.max(0, ...acted.map((way) => at(way.target))),
  };
}
