import type { NeededValue } from "../define-node.ts";
import type { Catalog, EventShape } from "../template.ts";
import type { Known } from "./know.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";
import { isTrigger, readable, type Steps } from "./steps.ts";
import { anything, isAlwaysMissing, mayLack } from "./value-set.ts";
import { type Route, routeOf, type Way, type Ways } from "./ways.ts";

type Around = { steps: Steps; ways: Ways; known: Known; catalog: Catalog; shape: EventShape | undefined };

/** Values that a step cannot do without and that may not be there when somebody comes to it. */
export function findNeedProblems(around: Around): Problem[] {
  return [...around.steps].flatMap(([nodeId, read]) => {
    const step = readable(read);
    if (!step?.type.needs || !around.known.at(nodeId)) return [];
    return step.type.needs(step.config, around.catalog).flatMap((needed) => judge(nodeId, needed, around));
  });
}

function judge(nodeId: string, { path, field, name }: NeededValue, around: Around): Problem[] {
  const { known, ways } = around;
  const place = known.places.byPath.get(path);
  const value = (place && known.at(nodeId)?.[place.index]) ?? anything;
  const [source = ""] = path.split(".");
  const at = { nodeId, field, values: { variable: name, path } };
  if (source === "event") return eventProblems(at, path, around);
  if (!mayLack(value)) return [];
  if (source === "enrollment") {
    if (isAlwaysMissing(value)) return [errorAt("value-never-kept", { ...at, route: ways.routeTo(nodeId) })];
    const route = place ? breakingRoute(nodeId, place.index, around) : null;
    return [warningAt("value-not-on-every-way", { ...at, route: route ?? ways.routeTo(nodeId) })];
  }
  return [warningAt("no-fallback", { ...at, route: ways.routeTo(nodeId) })];
}

/** What the event brings is the duty of the system that sends it: only what the events seen so far lack is told. */
function eventProblems(
  at: { nodeId: string; field: string; values: Record<string, string | number> },
  path: string,
  { ways, shape, known }: Around,
): Problem[] {
  const name = path.slice("event.".length);
  const place = known.places.byPath.get(path);
  const value = (place && known.at(at.nodeId)?.[place.index]) ?? anything;
  if (!shape || shape.seen === 0 || !value.hasNothing) return [];
  const filled = Object.hasOwn(shape.filled, name) ? (shape.filled[name] ?? 0) : 0;
  if (filled >= shape.seen) return [];
  const rule = filled === 0 ? "event-field-unknown" : "event-field-sometimes";
  const values = { ...at.values, field: name, seen: shape.seen, lacking: shape.seen - filled };
  return [warningAt(rule, { ...at, values, route: ways.routeTo(at.nodeId) })];
}

/** A way to the step on which nobody keeps the value: back from it, over steps where it may be missing, to a trigger. */
function breakingRoute(nodeId: string, index: number, { steps, ways, known }: Around): Route | null {
  const into = Map.groupBy(ways.all, (way) => way.target);
  const onward = new Map<string, Way | null>([[nodeId, null]]);
  const line = [nodeId];
  for (const id of line) {
    if (isTrigger(steps.get(id))) return follow(id, onward);
    for (const way of into.get(id) ?? []) {
      const brought = known.arriving(way)?.[index];
      if (onward.has(way.source) || !brought || !mayLack(brought)) continue;
      onward.set(way.source, way);
      line.push(way.source);
    }
  }
  return null;
}

function follow(start: string, onward: ReadonlyMap<string, Way | null>): Route {
  const course: Way[] = [];
  for (let way = onward.get(start); way; way = onward.get(way.target)) course.push(way);
  return routeOf(course, start);
}
