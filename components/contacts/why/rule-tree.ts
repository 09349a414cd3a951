import type { RuleLine } from "#flow/explain-rule.ts";

export type RuleBranch<Line extends RuleLine> = { line: Line; parts: RuleBranch<Line>[] };

/** The lines of a rule as the tree they were: each line's parts are the deeper lines right below it. */
export function ruleTree<Line extends RuleLine>(lines: readonly Line[]): RuleBranch<Line>[] {
  const roots: RuleBranch<Line>[] = [];
  const open: RuleBranch<Line>[] = [];
  for (const line of lines) {
    const branch = { line, parts: [] };
    while ((open.at(-1)?.line.depth ?? -1) >= line.depth) open.pop();
    (open.at(-1)?.parts ?? roots).push(branch);
    open.push(branch);
  }
  return roots;
}

/**
 * What stood in the way, to be read out: a test by itself, or several of which one would have been enough. Where each part of a group
 * had to come out right, the parts that did not stand for it.
 */
export type Failure<Line extends RuleLine> = { kind: "test"; line: Line } | { kind: "one-of"; parts: Failure<Line>[] };

export function failuresOf<Line extends RuleLine>(branches: readonly RuleBranch<Line>[]): Failure<Line>[] {
  return branches.flatMap(({ line, parts }): Failure<Line>[] => {
    if (line.verdict !== "fails") return [];
    if (line.test) return [{ kind: "test", line }];
    const failed = failuresOf(parts);
    const [only] = failed;
    if (needsEach(line) || (failed.length === 1 && only)) return failed;
    return [{ kind: "one-of", parts: failed }];
  });
}

/** "All of" needs each part, and so do "none of" and a negated "at least one of". */
const needsEach = ({ group, isNegated }: RuleLine): boolean => (group === "all" || group === "none") !== isNegated;

const opposites = {
  eq: "neq",
  neq: "eq",
  gt: "lte",
  lte: "gt",
  gte: "lt",
  lt: "gte",
  in: "notIn",
  notIn: "in",
  exists: "notExists",
  notExists: "exists",
  contains: "notContains",
  startsWith: "notStartsWith",
} as const;

type Operator = keyof typeof opposites;

/** What was needed, as a message key under `why.mustBe.`: of a test that had not to hold, its opposite. */
export const mustBe = ({ op, isNegated }: { op: Operator; isNegated: boolean }) => (isNegated ? opposites[op] : op);
