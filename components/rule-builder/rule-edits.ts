import type { Rule, RuleTest } from "#flow/rule.ts";
import { always, ruleLimits } from "#flow/rule.ts";
import { type LineOperator, needsValue, takesList } from "./value-kind.ts";

export type GroupKind = "all" | "any" | "none";
export type Group = { kind: GroupKind; rules: Rule[] };

/** The way to a line: its number in the root, in the group found there, and so on. The root itself is []. */
export type Place = readonly number[];

/** Groups stand at most this deep on screen; deeper rules of an import are told as a sentence and kept. */
export const deepestGroup = 3;

export const isTest = (rule: Rule): rule is RuleTest => "path" in rule;

/** A rule whose lines are not finished yet does not parse; its lines are still shown as they stand. */
export const draftRule = (value: unknown): Rule =>
  value !== null && typeof value === "object" && ["all", "any", "none", "path"].some((key) => Object.hasOwn(value, key))
    ? (value as Rule)
    : always;

/** A group as its kind and its members; a single line counts as "all of" that one. */
export function asGroup(rule: Rule): Group {
  if (lineOf(rule)) return { kind: "all", rules: [rule] };
  if ("all" in rule) return { kind: "all", rules: rule.all };
  if ("any" in rule) return { kind: "any", rules: rule.any };
  return { kind: "none", rules: "none" in rule ? rule.none : [] };
}

export function fromGroup({ kind, rules }: Group): Rule {
  if (kind === "all") return { all: rules };
  return kind === "any" ? { any: rules } : { none: rules };
}

/** One line on screen: a test and how it compares. */
export type Line = { path: string; op: LineOperator; value?: RuleTest["value"] };

const turned = { contains: "notContains", startsWith: "notStartsWith" } as const;

/** The line a rule is shown as; null for a group. "Does not contain" is a "none of" around one test. */
export function lineOf(rule: Rule): Line | null {
  if (isTest(rule)) return rule;
  if (!("none" in rule) || rule.none.length !== 1) return null;
  const [only] = rule.none;
  if (!only || !isTest(only) || (only.op !== "contains" && only.op !== "startsWith")) return null;
  return { ...only, op: turned[only.op] };
}

export function fromLine({ op, ...line }: Line): Rule {
  if (op === "notContains") return { none: [{ ...line, op: "contains" }] };
  if (op === "notStartsWith") return { none: [{ ...line, op: "startsWith" }] };
  return { ...line, op };
}

/** The line with another comparison: the value is kept where it still fits. */
export function withOperator({ path, value = "" }: Line, op: LineOperator): Line {
  if (!needsValue(op)) return { path, op };
  if (takesList(op)) return { path, op, value: Array.isArray(value) ? value : value === "" ? [] : [value] };
  return { path, op, value: Array.isArray(value) ? (value[0] ?? "") : value };
}

export function ruleAt(root: Rule, place: Place): Rule | undefined {
  return place.reduce<Rule | undefined>((rule, index) => rule && asGroup(rule).rules[index], root);
}

/** The members of the group at `place` changed; a root that is a single line becomes a group. */
function withMembers(root: Rule, place: Place, change: (rules: Rule[]) => Rule[]): Rule {
  const { kind, rules } = asGroup(root);
  const [first, ...rest] = place;
  if (first === undefined) return fromGroup({ kind, rules: change(rules) });
  return fromGroup({
    kind,
    rules: rules.map((rule, index) => (index === first ? withMembers(rule, rest, change) : rule)),
  });
}

const split = (place: Place): { parent: Place; index: number } => ({
  parent: place.slice(0, -1),
  index: place.at(-1) ?? 0,
});

export function replaceRule(root: Rule, place: Place, rule: Rule): Rule {
  if (place.length === 0) return rule;
  const { parent, index } = split(place);
  return withMembers(root, parent, (rules) => rules.with(index, rule));
}

export function removeRule(root: Rule, place: Place): Rule {
  const { parent, index } = split(place);
  return withMembers(root, parent, (rules) => rules.toSpliced(index, 1));
}

/** Puts a rule in front of the line that is at `place` now; one past the last is its end. */
export function insertRule(root: Rule, place: Place, rule: Rule): Rule {
  const { parent, index } = split(place);
  return withMembers(root, parent, (rules) => rules.toSpliced(index, 0, rule));
}

export function duplicateRule(root: Rule, place: Place): Rule {
  const rule = ruleAt(root, place);
  return rule ? insertRule(root, next(place), rule) : root;
}

/** A group may take one more line. */
export const hasRoom = (root: Rule, group: Place): boolean => {
  const rule = ruleAt(root, group);
  return rule !== undefined && asGroup(rule).rules.length < ruleLimits.linesPerGroup;
};

const next = (place: Place): Place => [...place.slice(0, -1), (place.at(-1) ?? 0) + 1];

export type Moved = { rule: Rule; place: Place };

/**
 * Moves a line one step up or down as it is seen: past a line, into a group it meets, out of its own group at the edge. Answers the
 * rule and where the line is now; null where there is no way.
 */
export function moveRule(root: Rule, place: Place, direction: "up" | "down"): Moved | null {
  const rule = ruleAt(root, place);
  if (!rule) return null;
  const { parent, index } = split(place);
  const siblings = asGroup(ruleAt(root, parent) ?? root).rules;
  const neighbour = siblings[direction === "up" ? index - 1 : index + 1];
  const target = neighbour
    ? placeBeside(rule, neighbour, { parent, index, direction })
    : parent.length > 0
      ? direction === "up"
        ? parent
        : next(parent)
      : null;
  return target && moveTo(root, place, target);
}

type Step = { parent: Place; index: number; direction: "up" | "down" };

/** In places as they are before the line is taken out. */
function placeBeside(rule: Rule, neighbour: Rule, { parent, index, direction }: Step): Place {
  const at = direction === "up" ? index - 1 : index + 1;
  const fits = lineOf(neighbour) === null && parent.length + 1 + levelsOf(rule) < deepestGroup;
  if (fits) return [...parent, at, direction === "up" ? asGroup(neighbour).rules.length : 0];
  return [...parent, direction === "up" ? at : at + 1];
}

/** How many groups a rule has one inside the other: none in a line. */
const levelsOf = (rule: Rule): number =>
  lineOf(rule) ? 0 : 1 + Math.max(0, ...asGroup(rule).rules.map((part) => levelsOf(part)));

/** Takes the line at `from` and puts it in front of what is at `to`. Null when that lies inside the line itself, or where no room is. */
export function moveTo(root: Rule, from: Place, to: Place): Moved | null {
  const rule = ruleAt(root, from);
  const isInside = from.length <= to.length && from.every((index, depth) => index === to[depth]);
  if (!rule || (isInside && to.length > from.length)) return null;
  const isSibling = to.length === from.length && from.slice(0, -1).every((index, depth) => index === to[depth]);
  if (!isSibling && !hasRoom(root, to.slice(0, -1))) return null;
  if (to.length - 1 + levelsOf(rule) >= deepestGroup && to.length > from.length) return null;
  const place = afterRemoval(from, to);
  return { rule: insertRule(removeRule(root, from), place, rule), place };
}

/** Where a place is once the line at `removed` has gone. */
function afterRemoval(removed: Place, place: Place): Place {
  const depth = removed.length - 1;
  const sharesParent = removed.slice(0, -1).every((index, level) => index === place[level]);
  const at = place[depth];
  const gone = removed[depth];
  return sharesParent && at !== undefined && gone !== undefined && at > gone ? place.with(depth, at - 1) : place;
}
