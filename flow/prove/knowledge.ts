import type { Rule, RuleTest } from "../rule.ts";
import type { Places } from "./places.ts";
import { anything, isImpossible, narrow, unionValues, type ValueSet } from "./value-set.ts";

/** What is known at a place of the flow: the possible values of each path that the flow reads, by the path's place in a list. */
export type Knowledge = readonly ValueSet[];

/** What is known when the rule comes out so, or null when it cannot. Never too little is possible, sometimes too much. */
export function assume(
  known: Knowledge,
  rule: Rule,
  { isTrue, places }: { isTrue: boolean; places: Places },
): Knowledge | null {
  if (!("path" in rule)) {
    const parts = "all" in rule ? rule.all : "any" in rule ? rule.any : rule.none;
    const each = "none" in rule ? !isTrue : isTrue;
    // All lines together: "all" that holds, "any" or "none" of which none does.
    const isTogether = "all" in rule ? isTrue : !each;
    return isTogether
      ? assumeAll(known, parts, { isTrue: each, places })
      : assumeOne(known, parts, { isTrue: each, places });
  }
  return assumeTest(known, rule, { isTrue, places });
}

type Aim = { isTrue: boolean; places: Places };

function assumeAll(known: Knowledge, parts: readonly Rule[], aim: Aim): Knowledge | null {
  let now: Knowledge | null = known;
  for (const part of parts) {
    if (now === null) return null;
    now = assume(now, part, aim);
  }
  return now;
}

/** Any of the lines may be the one, so all that they leave possible is. */
function assumeOne(known: Knowledge, parts: readonly Rule[], aim: Aim): Knowledge | null {
  let sum: Knowledge | null = null;
  for (const part of parts) {
    const one = assume(known, part, aim);
    if (one) sum = sum ? unionKnowledge(sum, one) : one;
    if (sum === known) return known;
  }
  return sum;
}

function assumeTest(known: Knowledge, test: RuleTest, { isTrue, places }: Aim): Knowledge | null {
  const place = places.byPath.get(test.path)?.index;
  if (place === undefined) return known;
  const before = known[place] ?? anything;
  const after = narrow(before, test, isTrue);
  return isImpossible(after) ? null : withValue(known, place, after);
}

export function withValue(known: Knowledge, place: number, value: ValueSet): Knowledge {
  if (known[place] === value) return known;
  const changed = [...known];
  changed[place] = value;
  return changed;
}

/** What is possible on either way; the first itself when the second adds nothing. */
export function unionKnowledge(one: Knowledge, other: Knowledge): Knowledge {
  if (one === other) return one;
  let joined: ValueSet[] | null = null;
  for (const [place, value] of one.entries()) {
    const sum = unionValues(value, other[place] ?? anything);
    if (sum === value) continue;
    joined ??= [...one];
    joined[place] = sum;
  }
  return joined ?? one;
}
