import { testHolds } from "../evaluate-rule.ts";
import type { Json } from "../json.ts";
import { parseMoment } from "../moment.ts";
import type { RuleOperator, RuleTest } from "../rule.ts";
import {
  above,
  allNumbers,
  below,
  hasNumber,
  intersectNumbers,
  type NumberSet,
  noNumbers,
  onlyNumber,
  sameNumbers,
  unionNumbers,
  withoutNumber,
} from "./number-set.ts";
import {
  allTexts,
  dropTexts,
  hasNoText,
  keepTexts,
  noTexts,
  onlyTexts,
  sameSets,
  sameTexts,
  type TextSet,
  unionTexts,
} from "./text-set.ts";

/**
 * Every value that may stand at a path, as far as it is known: never fewer than there can be. `held` and `refuted` are tests
 * whose outcome is known although no set of values tells it (what a list contains, how a text begins).
 */
export type ValueSet = {
  hasNothing: boolean;
  hasTrue: boolean;
  hasFalse: boolean;
  /** Lists and objects. */
  hasOther: boolean;
  numbers: NumberSet;
  texts: TextSet;
  held: ReadonlySet<string>;
  refuted: ReadonlySet<string>;
  /** Somebody has promised that there is a value: a system that is asked, or the person's own profile when it was looked at. */
  isPromised: boolean;
};

const noTests: ReadonlySet<string> = new Set();

export const anything: ValueSet = {
  hasNothing: true,
  hasTrue: true,
  hasFalse: true,
  hasOther: true,
  numbers: allNumbers,
  texts: allTexts,
  held: noTests,
  refuted: noTests,
  isPromised: false,
};
const nothingAtAll: ValueSet = {
  ...anything,
  hasNothing: false,
  hasTrue: false,
  hasFalse: false,
  hasOther: false,
  numbers: noNumbers,
  texts: noTexts,
};

export const something: ValueSet = { ...anything, hasNothing: false };
/** Somebody promised it; whoever relies on it finds out. */
export const promised: ValueSet = { ...anything, isPromised: true };
export const missing: ValueSet = { ...nothingAtAll, hasNothing: true };
export const anyNumber: ValueSet = { ...nothingAtAll, numbers: allNumbers };

export const exactly = (value: string | number | boolean): ValueSet => ({
  ...nothingAtAll,
  hasTrue: value === true,
  hasFalse: value === false,
  numbers: typeof value === "number" ? onlyNumber(value) : noNumbers,
  texts: typeof value === "string" ? onlyTexts([value]) : noTexts,
});

export const isImpossible = (set: ValueSet): boolean =>
  !set.hasNothing && !set.hasTrue && !set.hasFalse && !set.hasOther && set.numbers.length === 0 && hasNoText(set.texts);

/** True when a message that needs the value may find none. */
export const mayLack = (set: ValueSet): boolean => set.hasNothing && !set.isPromised;

/** True when there is no value, and nobody promised one. */
export const isAlwaysMissing = (set: ValueSet): boolean =>
  set.hasNothing && isImpossible({ ...set, hasNothing: false });

/** The values of either. Answers the first itself when the second adds nothing, so that a walk sees that it is done. */
export function unionValues(one: ValueSet, other: ValueSet): ValueSet {
  if (one === other || one === anything) return one;
  const joined: ValueSet = {
    hasNothing: one.hasNothing || other.hasNothing,
    hasTrue: one.hasTrue || other.hasTrue,
    hasFalse: one.hasFalse || other.hasFalse,
    hasOther: one.hasOther || other.hasOther,
    numbers: unionNumbers(one.numbers, other.numbers),
    texts: unionTexts(one.texts, other.texts),
    held: both(one.held, other.held),
    refuted: both(one.refuted, other.refuted),
    isPromised: !mayLack(one) && !mayLack(other) && (one.hasNothing || other.hasNothing),
  };
  return sameValues(one, joined) ? one : joined;
}

const both = (one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> =>
  one === other || one.size === 0 ? one : new Set([...one].filter((test) => other.has(test)));

const sameValues = (one: ValueSet, other: ValueSet): boolean =>
  one.hasNothing === other.hasNothing &&
  one.hasTrue === other.hasTrue &&
  one.hasFalse === other.hasFalse &&
  one.hasOther === other.hasOther &&
  one.isPromised === other.isPromised &&
  sameNumbers(one.numbers, other.numbers) &&
  sameTexts(one.texts, other.texts) &&
  sameSets(one.held, other.held) &&
  sameSets(one.refuted, other.refuted);

/** Of these values, those for which the test comes out so (evaluate-rule.ts says when it does); some more where nobody can tell. */
export function narrow(set: ValueSet, test: RuleTest, isTrue: boolean): ValueSet {
  const comesOut = (value: Json): boolean => testHolds(test, value) === isTrue;
  const isOpaque = opaque.has(test.op) && typeof test.value === "string";
  const isUnsure = isOpaque || (test.op === "contains" && isScalar(test.value ?? null));
  const key = isUnsure ? JSON.stringify([test.op, test.value]) : "";
  if (isUnsure && (isTrue ? set.refuted : set.held).has(key)) return nothingAtAll;
  const kept: ValueSet = {
    hasNothing: set.hasNothing && comesOut(null),
    hasTrue: set.hasTrue && comesOut(true),
    hasFalse: set.hasFalse && comesOut(false),
    hasOther: set.hasOther && ((test.op === "contains" && isScalar(test.value ?? null)) || comesOut([])),
    numbers: narrowNumbers(set.numbers, test, isTrue),
    texts: narrowTexts(set.texts, test, isTrue),
    held: isTrue && isUnsure ? new Set([...set.held, key]) : set.held,
    refuted: !isTrue && isUnsure ? new Set([...set.refuted, key]) : set.refuted,
    isPromised: set.isPromised,
  };
  return kept.hasNothing && kept.isPromised && isAlwaysMissing(kept) ? { ...kept, isPromised: false } : kept;
}

/** Tests of a text that no list of texts tells. */
const opaque: ReadonlySet<RuleOperator> = new Set(["contains", "startsWith", "gt", "gte", "lt", "lte"]);

const isScalar = (value: Json): boolean => value !== null && typeof value !== "object";

const scalarsOf = ({ op, value = null }: RuleTest): Json[] => {
  if (op === "eq" || op === "neq") return [value];
  return (op === "in" || op === "notIn") && Array.isArray(value) ? value : [];
};

const isNegative = ({ op }: RuleTest): boolean => op === "neq" || op === "notIn";

function narrowNumbers(set: NumberSet, test: RuleTest, isTrue: boolean): NumberSet {
  if (set.length === 0) return set;
  const { op, value = null } = test;
  switch (op) {
    case "eq":
    case "in":
    case "neq":
    case "notIn": {
      const named = scalarsOf(test).filter((one) => typeof one === "number");
      if (isNegative(test) === isTrue) return named.reduce(withoutNumber, set);
      return named
        .filter((one) => hasNumber(set, one))
        .reduce<NumberSet>((sum, one) => unionNumbers(sum, onlyNumber(one)), noNumbers);
    }
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      if (typeof value !== "number") return isTrue ? noNumbers : set;
      return intersectNumbers(set, side(op, isTrue, value));
    default:
      return testHolds(test, 0) === isTrue ? set : noNumbers;
  }
}

/** Where a number or a moment must lie for the comparison to come out so. */
function side(op: "gt" | "gte" | "lt" | "lte", isTrue: boolean, than: number): NumberSet {
  switch (op) {
    case "gt":
      return isTrue ? above(than, true) : below(than, false);
    case "gte":
      return isTrue ? above(than, false) : below(than, true);
    case "lt":
      return isTrue ? below(than, true) : above(than, false);
    case "lte":
      return isTrue ? below(than, false) : above(than, true);
  }
}

function narrowTexts(set: TextSet, test: RuleTest, isTrue: boolean): TextSet {
  if ("only" in set) return onlyTexts([...set.only].filter((text) => testHolds(test, text) === isTrue));
  const { op, value = null } = test;
  switch (op) {
    case "eq":
    case "in":
    case "neq":
    case "notIn": {
      const named = scalarsOf(test).filter((one) => typeof one === "string");
      return isNegative(test) === isTrue ? dropTexts(set, named) : keepTexts(set, named);
    }
    case "exists":
    case "notExists":
      return (op === "exists") === isTrue ? set : noTexts;
    case "contains":
    case "startsWith":
      return typeof value === "string" || !isTrue ? set : noTexts;
    case "gt":
    case "gte":
    case "lt":
    case "lte": {
      if (typeof value !== "string") return isTrue ? noTexts : set;
      const moment = parseMoment(value);
      // Texts that are no moments are compared by their letters, of which nothing is kept here.
      return moment === undefined ? set : { ...set, moments: intersectNumbers(set.moments, side(op, isTrue, moment)) };
    }
  }
}
