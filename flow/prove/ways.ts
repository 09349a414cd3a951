import type { Handle, Stay } from "../define-node.ts";
import type { Graph } from "../graph.ts";
import type { Catalog } from "../template.ts";
import { isTrigger, type ReadStep, readable, type Steps } from "./steps.ts";

/** One way from step to step: a drawn edge, or a "go to" (`handle` and `edgeId` are null then). */
export type Way = {
  source: string;
  target: string;
  handle: string | null;
  edgeId: string | null;
  /** Taken without anybody doing anything, so a circle of such ways never ends by itself. */
  isInstant: boolean;
  /** Only an act of the person leads along it. */
  byPerson: boolean;
  /** It may be taken long after the person has gone on from the step: a tap on an older message, a message that failed. */
  isLate: boolean;
  /** How long people stand at the source before they take it; of a late way it says nothing. */
  stay: Stay;
};

/** The steps and edges of an example, in order. */
export type Route = { nodes: string[]; edges: string[] };

/** Where one can get from the triggers. */
export type Ways = {
  all: readonly Way[];
  from: (nodeId: string) => readonly Way[];
  isReached: (nodeId: string) => boolean;
  /** The shortest way from a trigger, both ends included (its last hundred steps); null where none leads. */
  routeTo: (nodeId: string) => Route | null;
};

const noWays: readonly Way[] = [];

export function collectWays(graph: Graph, steps: Steps, catalog: Catalog): Way[] {
  const handlesOf = new Map<string, ReadonlyMap<string, Handle>>();
  for (const [id, read] of steps) handlesOf.set(id, handlesById(read, catalog));
  const drawn = graph.edges.flatMap(({ id, source, sourceHandle, target }): Way[] => {
    const read = steps.get(source);
    if (!read || !steps.has(target)) return [];
    const ends = { source, target, handle: sourceHandle, edgeId: id };
    return [{ ...ends, ...manner(read, sourceHandle, handlesOf.get(source)?.get(sourceHandle)) }];
  });
  return [...drawn, ...[...steps].flatMap(([id, read]) => jump(id, read, steps))];
}

function handlesById(read: ReadStep, catalog: Catalog): ReadonlyMap<string, Handle> {
  const step = readable(read);
  return new Map((step?.type.handles(step.config, catalog) ?? []).map((handle) => [handle.id, handle]));
}

const unknownStay: Stay = { least: 0, most: Number.POSITIVE_INFINITY };
const noStay: Stay = { least: 0, most: 0 };

/** Of a step that cannot be read nothing is known but that somebody may come out. */
function manner(
  read: ReadStep,
  handleId: string,
  handle: Handle | undefined,
): Pick<Way, "isInstant" | "byPerson" | "isLate" | "stay"> {
  const step = readable(read);
  if (!step) return { isInstant: false, byPerson: false, isLate: false, stay: unknownStay };
  const { type, config } = step;
  const isLate = type.recall !== undefined && handle?.place !== "main" && handle?.whileHere !== true;
  const stay = type.stays?.(config, handleId) ?? (type.receive ? unknownStay : noStay);
  const rests = type.waits?.(config) === true || (!isLate && stay.least > 0);
  return {
    // A way that the step does not know is a tap on a button of a message that has changed.
    isInstant: !(rests || handle === undefined || handle.byPerson === true),
    byPerson: handle?.byPerson === true,
    isLate,
    stay,
  };
}

function jump(source: string, read: ReadStep, steps: Steps): Way[] {
  const step = readable(read);
  const target = step?.type.leadsTo?.(step.config);
  if (target === undefined || !steps.has(target)) return [];
  const ends = { source, target, handle: null, edgeId: null };
  return [{ ...ends, isInstant: true, byPerson: false, isLate: false, stay: noStay }];
}

/** The ways as a whole, walked from the triggers. */
export function waysAmong(all: readonly Way[], steps: Steps): Ways {
  const bySource = Map.groupBy(all, (way) => way.source);
  const from = (nodeId: string) => bySource.get(nodeId) ?? noWays;
  const cameBy = new Map<string, Way | null>();
  const line = [...steps.values()].filter(isTrigger).map((step) => step.graphNode.id);
  for (const id of line) cameBy.set(id, null);
  for (const id of line) {
    for (const way of from(id)) {
      if (cameBy.has(way.target)) continue;
      cameBy.set(way.target, way);
      line.push(way.target);
    }
  }
  const routes = new Map<string, Route>();
  const routeTo = (nodeId: string): Route | null => {
    if (!cameBy.has(nodeId)) return null;
    const route = routes.get(nodeId) ?? routeOf(trace(nodeId, cameBy), nodeId);
    routes.set(nodeId, route);
    return route;
  };
  return { all, from, isReached: (nodeId) => cameBy.has(nodeId), routeTo };
}

/** Of a longer example only the end is told: five hundred findings in one line must not each name the whole line. */
const longestRoute = 100;

/** The ways that led to a step, first first. */
export function trace(nodeId: string, cameBy: ReadonlyMap<string, Way | null>): Way[] {
  const ways: Way[] = [];
  const seen = new Set<string>();
  for (
    let way = cameBy.get(nodeId);
    way && !seen.has(way.target) && ways.length < longestRoute;
    way = cameBy.get(way.source)
  ) {
    seen.add(way.target);
    ways.push(way);
  }
  return ways.reverse();
}

/** `end` is where the ways lead, for when there are none. */
export const routeOf = (ways: readonly Way[], end: string): Route => ({
  nodes: ways.length === 0 ? [end] : [ways[0]?.source ?? end, ...ways.map((way) => way.target)],
  edges: ways.flatMap((way) => way.edgeId ?? []),
});
