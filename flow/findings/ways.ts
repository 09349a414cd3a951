import type { Graph } from "../graph.ts";
import type { Problem } from "../validate.ts";
import { type ReadStep, readable } from "./steps.ts";

/** Where one can get from the triggers. `next` has drawn edges and "go to" alike. */
export type Ways = {
  next: ReadonlyMap<string, readonly Way[]>;
  isReached: (nodeId: string) => boolean;
  /** The shortest way from a trigger, both ends included; null where none leads. */
  pathTo: (nodeId: string) => string[] | null;
};

/** `isInstant`: taken without anybody doing anything, so a circle of such ways never ends by itself. */
export type Way = { target: string; isInstant: boolean };

type Steps = ReadonlyMap<string, ReadStep>;

export function waysFrom(graph: Graph, steps: Steps): Ways {
  const next = collectWays(graph, steps);
  const cameFrom = new Map<string, string | null>();
  const line = [...steps.values()].filter((step) => step.type?.family === "trigger").map((step) => step.graphNode.id);
  for (const id of line) cameFrom.set(id, null);
  for (const id of line) {
    for (const { target } of next.get(id) ?? []) {
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, id);
      line.push(target);
    }
  }
  const pathTo = (nodeId: string): string[] | null => {
    if (!cameFrom.has(nodeId)) return null;
    const path: string[] = [];
    for (let at: string | null | undefined = nodeId; at; at = cameFrom.get(at)) path.push(at);
    return path.reverse();
  };
  return { next, isReached: (nodeId) => cameFrom.has(nodeId), pathTo };
}

/** Findings about ways: steps nobody reaches, loops that never rest, jumps into nowhere, and what a good flow has at its ends. */
export function findWayProblems(graph: Graph, steps: Steps, ways: Ways): Problem[] {
  const reached = [...steps.values()].filter((step) => ways.isReached(step.graphNode.id));
  return [
    ...[...steps.values()].flatMap((step) => jumpProblems(step, steps)),
    ...(reached.length === 0 ? [] : unreachable(steps, ways)),
    ...endlessLoops(steps, ways),
    ...(reached.some((step) => step.type?.family === "message") ? endProblems(graph, reached) : []),
  ];
}

function collectWays(graph: Graph, steps: Steps): Map<string, Way[]> {
  const next = new Map<string, Way[]>([...steps.keys()].map((id) => [id, []]));
  for (const { source, sourceHandle, target } of graph.edges) {
    if (!steps.has(target)) continue;
    const step = readable(steps.get(source));
    // Without the catalog a send step still names its fixed handles; a way by an unknown one is a tap on a button.
    const handle = step?.type.handles(step.config, { templates: [] }).find((one) => one.id === sourceHandle);
    const rests = !step || step.type.waits?.(step.config) === true || handle === undefined || handle.byPerson === true;
    next.get(source)?.push({ target, isInstant: !rests });
  }
  for (const [id, read] of steps) {
    const step = readable(read);
    const target = step?.type.leadsTo?.(step.config);
    if (target !== undefined && steps.has(target)) next.get(id)?.push({ target, isInstant: true });
  }
  return next;
}

function jumpProblems(read: ReadStep, steps: Steps): Problem[] {
  const step = readable(read);
  const target = step?.type.leadsTo?.(step.config);
  if (target === undefined) return [];
  const at = { nodeId: read.graphNode.id, edgeId: null, severity: "error" as const, field: "nodeId" };
  const found = steps.get(target);
  if (!found) return [{ ...at, rule: "unknown-go-to" }];
  return found.type?.family === "trigger" ? [{ ...at, rule: "edge-into-trigger" }] : [];
}

function unreachable(steps: Steps, ways: Ways): Problem[] {
  const lost = [...steps.keys()].filter((id) => !ways.isReached(id));
  return lost.map((nodeId) => ({ nodeId, edgeId: null, rule: "unreachable-step", severity: "error" }));
}

/** Each circle of instant ways once, by the step where the walk first meets it. An explicit stack: a draft may be one long line. */
function endlessLoops(steps: Steps, { next }: Ways): Problem[] {
  const done = new Set<string>();
  const found: Problem[] = [];
  for (const start of steps.keys()) {
    const trail: { id: string; ways: Iterator<Way> }[] = [];
    const enter = (id: string) => trail.push({ id, ways: (next.get(id) ?? []).values() });
    if (!done.has(start)) enter(start);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const { value: way, done: isEmpty } = top.ways.next();
      if (isEmpty) {
        done.add(top.id);
        trail.pop();
        continue;
      }
      if (!way.isInstant || done.has(way.target)) continue;
      const from = trail.findIndex((one) => one.id === way.target);
      if (from === -1) enter(way.target);
      else found.push(loopProblem(trail.slice(from).map((one) => one.id)));
    }
  }
  return found;
}

const loopProblem = (path: string[]): Problem => ({
  nodeId: path[0] ?? null,
  edgeId: null,
  rule: "cycle-without-wait",
  severity: "error",
  values: { count: path.length },
  path,
});

function endProblems(graph: Graph, reached: ReadStep[]): Problem[] {
  const warning = (rule: string): Problem => ({ nodeId: null, edgeId: null, rule, severity: "warning" });
  const hasHuman = reached.some((step) => step.type?.pauses);
  const hasGoal = graph.settings.goal !== null || reached.some((step) => step.type?.isGoal);
  return [...(hasHuman ? [] : [warning("no-human-exit")]), ...(hasGoal ? [] : [warning("no-goal")])];
}
