import { addStep } from "./fix.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";
import type { Steps } from "./steps.ts";
import { routeOf, type Way, type Ways } from "./ways.ts";

/** Each circle of instant ways once, by the step where the walk first meets it. An explicit stack: a draft may be one long line. */
export function findEndlessLoops(steps: Steps, ways: Ways): Problem[] {
  const done = new Set<string>();
  const found: Problem[] = [];
  for (const start of steps.keys()) {
    const trail: { id: string; by: Way | null; ways: Iterator<Way> }[] = [];
    const enter = (id: string, by: Way | null) => trail.push({ id, by, ways: ways.from(id).values() });
    if (!done.has(start)) enter(start, null);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const { value: way, done: isEmpty } = top.ways.next();
      if (isEmpty) {
        done.add(top.id);
        trail.pop();
        continue;
      }
      if (!way.isInstant || done.has(way.target)) continue;
      const from = trail.findIndex((one) => one.id === way.target);
      if (from === -1) enter(way.target, way);
      else found.push(loopProblem([...trail.slice(from + 1).flatMap((one) => one.by ?? []), way]));
    }
  }
  return found;
}

function loopProblem(loop: readonly Way[]): Problem {
  const nodes = loop.map((way) => way.source);
  const drawn = loop.findLast((way) => way.handle !== null);
  return errorAt("cycle-without-wait", {
    nodeId: nodes[0] ?? null,
    values: { count: nodes.length },
    route: { nodes, edges: routeOf(loop, "").edges },
    fix: drawn?.handle ? addStep("rest", { nodeId: drawn.source, handle: drawn.handle }) : undefined,
  });
}

/**
 * Steps that lie on a circle together, in groups: from each of a group one can get to each other one (strongly connected
 * components, Tarjan 1972). Groups come after all that they lead to. A step on no circle is a group of its own.
 */
export function circles(ids: Iterable<string>, from: (id: string) => readonly Way[]): string[][] {
  const seen = new Map<string, { index: number; low: number; isOpen: boolean }>();
  const open: string[] = [];
  const groups: string[][] = [];
  for (const start of ids) {
    const trail: { id: string; ways: Iterator<Way> }[] = [];
    const enter = (id: string) => {
      seen.set(id, { index: seen.size, low: seen.size, isOpen: true });
      open.push(id);
      trail.push({ id, ways: from(id).values() });
    };
    if (!seen.has(start)) enter(start);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const here = seen.get(top.id);
      if (!here) break;
      const { value: way, done } = top.ways.next();
      if (!done) {
        const there = seen.get(way.target);
        if (!there) enter(way.target);
        else if (there.isOpen) here.low = Math.min(here.low, there.index);
        continue;
      }
      trail.pop();
      const above = trail.at(-1);
      const parent = above && seen.get(above.id);
      if (parent) parent.low = Math.min(parent.low, here.low);
      if (here.low === here.index) groups.push(closeGroup(top.id, open, seen));
    }
  }
  return groups;
}

function closeGroup(id: string, open: string[], seen: Map<string, { isOpen: boolean }>): string[] {
  const group = open.splice(open.lastIndexOf(id));
  for (const member of group) {
    const one = seen.get(member);
    if (one) one.isOpen = false;
  }
  return group;
}

/** A circle that nobody leaves: people go round until the flow's limit of visits throws them out. `hasOtherEnd`: an event may take them out. */
export function findLoopsWithoutEnd(
  steps: Steps,
  ways: Ways,
  { hasOtherEnd, endsAt }: { hasOtherEnd: boolean; endsAt: (nodeId: string) => boolean },
): Problem[] {
  if (hasOtherEnd) return [];
  return circles(steps.keys(), ways.from).flatMap((group) => {
    const inside = new Set(group);
    const own = group.flatMap((id) => ways.from(id));
    const goesRound = own.some((way) => inside.has(way.target));
    const hasEnd = own.some((way) => !inside.has(way.target)) || group.some(endsAt);
    const [first] = group;
    if (!goesRound || hasEnd || first === undefined || !ways.isReached(first)) return [];
    if (own.every((way) => way.isInstant)) return [];
    return [
      warningAt("loop-without-end", {
        nodeId: first,
        values: { count: group.length },
        route: { nodes: group, edges: own.flatMap((way) => way.edgeId ?? []) },
      }),
    ];
  });
}
