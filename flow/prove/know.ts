import type { Catalog } from "../template.ts";
import { assume, type Knowledge, unionKnowledge, withValue } from "./knowledge.ts";
import {
  afterAWhile,
  afterChanges,
  afterHearing,
  afterKeeping,
  heard,
  knownAtEntry,
  muchLater,
  type Places,
  placesOf,
} from "./places.ts";
import { isTrigger, type ReadStep, readable, type Steps } from "./steps.ts";
import { anything } from "./value-set.ts";
import type { Way, Ways } from "./ways.ts";

/** What is known everywhere in a flow. */
export type Known = {
  places: Places;
  /** On arriving at the step; undefined where nobody arrives, whatever happens. */
  at: (nodeId: string) => Knowledge | undefined;
  /** What is known of who leaves by a handle; null: nobody does. */
  leavingBy: (nodeId: string, handle: string) => Knowledge | null;
  /** What is known of who comes along a way; null: nobody does. */
  arriving: (way: Way) => Knowledge | null;
};

/** A step where something new was learnt so often will not come to an end soon: what still changes there is given up. */
const mostLooks = 24;

/**
 * Walks what is known along all ways until nothing new comes (a data-flow analysis). What it says to be impossible is; what it
 * leaves possible may still be impossible.
 */
export function know(steps: Steps, ways: Ways, catalog: Catalog): Known {
  const places = placesOf(steps, catalog);
  const later = { kept: keptNames(steps, ways), lost: lostNames(steps) };
  const at = new Map<string, Knowledge>();
  const looks = new Map<string, number>();
  const order = inOrder(steps, ways);
  let open = new Set<string>();
  for (const [id, step] of steps) {
    if (!isTrigger(step)) continue;
    const entry = enter(step, places);
    if (!entry) continue;
    at.set(id, entry);
    open.add(id);
  }
  while (open.size > 0) {
    const round = order.filter((id) => open.has(id));
    open = new Set();
    for (const id of round) {
      const here = at.get(id);
      const step = steps.get(id);
      if (!here || !step) continue;
      const leave = leaver(step, here, places);
      for (const way of ways.from(id)) {
        const there = along(way, { step, leave, places, later });
        if (!there) continue;
        const before = at.get(way.target);
        const sum = before ? unionKnowledge(before, there) : there;
        if (sum === before) continue;
        const count = (looks.get(way.target) ?? 0) + 1;
        looks.set(way.target, count);
        at.set(way.target, before && count > mostLooks ? widen(before, sum) : sum);
        open.add(way.target);
      }
    }
  }
  const leavers = new Map<string, Leave>();
  const leavingBy = (nodeId: string, handle: string): Knowledge | null => {
    const [here, step] = [at.get(nodeId), steps.get(nodeId)];
    if (!here || !step) return null;
    const leave = leavers.get(nodeId) ?? leaver(step, here, places);
    leavers.set(nodeId, leave);
    return leave(handle);
  };
  return {
    places,
    at: (nodeId) => at.get(nodeId),
    leavingBy,
    arriving: (way) => {
      const step = steps.get(way.source);
      return step && at.has(way.source)
        ? along(way, { step, leave: (handle) => leavingBy(way.source, handle), places, later })
        : null;
    },
  };
}

/** Steps as they are met from the triggers, so that most are looked at once. Those in no way of a trigger are left out. */
function inOrder(steps: Steps, ways: Ways): string[] {
  const done = new Set<string>();
  const order: string[] = [];
  for (const [start, step] of steps) {
    if (!isTrigger(step) || done.has(start)) continue;
    const trail = [{ id: start, ways: ways.from(start).values() }];
    done.add(start);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const { value: way, done: isEmpty } = top.ways.next();
      if (isEmpty) {
        order.push(top.id);
        trail.pop();
      } else if (!done.has(way.target)) {
        done.add(way.target);
        trail.push({ id: way.target, ways: ways.from(way.target).values() });
      }
    }
  }
  return order.reverse();
}

/** Who comes in has passed the entry criteria; their clock was the event's own, so the time is not taken from there. */
function enter(read: ReadStep, places: Places): Knowledge | null {
  const step = readable(read);
  const entry = knownAtEntry(places);
  const opening = step?.type.opensOn?.(step.config);
  if (!opening) return entry;
  const known = assume(entry, opening.rule, { isTrue: true, places });
  const time = places.byPath.get("time.now")?.index;
  return known && time !== undefined ? withValue(known, time, entry[time] ?? anything) : known;
}

type Leave = (handle: string) => Knowledge | null;

/** What is known of who leaves a step by a handle, not counting the time they stood there. */
function leaver(read: ReadStep, here: Knowledge, places: Places): Leave {
  const step = readable(read);
  if (!step) return () => here;
  const { type, config } = step;
  const decision = type.decides?.(config);
  if (!decision) {
    const changes = type.changes?.(config);
    const after = changes ? afterChanges(here, places, changes) : here;
    return () => after;
  }
  const byHandle = new Map<string, Knowledge | null>();
  let rest: Knowledge | null = here;
  for (const { handle, rule } of decision.branches) {
    const taken = rest && assume(rest, rule, { isTrue: true, places });
    const before = byHandle.get(handle);
    byHandle.set(handle, before && taken ? unionKnowledge(before, taken) : (before ?? taken));
    rest = rest && assume(rest, rule, { isTrue: false, places });
  }
  const other = byHandle.get(decision.otherwise);
  byHandle.set(decision.otherwise, other && rest ? unionKnowledge(other, rest) : (other ?? rest));
  return (handle) => (byHandle.has(handle) ? (byHandle.get(handle) ?? null) : here);
}

type Later = { kept: ReadonlySet<string>; lost: ReadonlySet<string> };

function along(
  way: Way,
  { step, leave, places, later }: { step: ReadStep; leave: Leave; places: Places; later: Later },
): Knowledge | null {
  const left = way.handle === null ? leave("") : leave(way.handle);
  if (!left) return null;
  const stayed = way.isLate ? muchLater(left, places, later) : way.stay.most > 0 ? afterAWhile(left, places) : left;
  const acted = way.byPerson ? afterHearing(stayed, places) : stayed;
  const names = way.handle === null ? [] : namesKept(step, way.handle);
  return names.length > 0 ? afterKeeping(acted, places, names) : acted;
}

function namesKept(read: ReadStep, handle: string): string[] {
  const step = readable(read);
  return step?.type.keeps?.(step.config, handle) ?? [];
}

function keptNames(steps: Steps, ways: Ways): Set<string> {
  const names = new Set<string>(heard);
  for (const { source, handle } of ways.all) {
    const step = steps.get(source);
    if (step && handle !== null) for (const name of namesKept(step, handle)) names.add(name);
  }
  return names;
}

function lostNames(steps: Steps): Set<string> {
  const names = new Set<string>();
  for (const read of steps.values()) {
    const step = readable(read);
    for (const change of step?.type.changes?.(step.config) ?? [])
      if (change.op === "unset") names.add(change.attribute);
  }
  return names;
}

/** Of what still changes at a step nothing is said any more. */
const widen = (before: Knowledge, after: Knowledge): Knowledge =>
  after.map((value, place) => (value === before[place] ? value : anything));
