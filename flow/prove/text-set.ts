import { parseMoment } from "../moment.ts";
import { allNumbers, hasNumber, type NumberSet, onlyNumber, sameNumbers, unionNumbers } from "./number-set.ts";

/**
 * A set of texts: a list of them, or all but some. Of the latter, `moments` says which full date-times are among them, by their
 * milliseconds, and `hasPlain` whether any other text is.
 */
export type TextSet =
  | { only: ReadonlySet<string> }
  | { not: ReadonlySet<string>; moments: NumberSet; hasPlain: boolean };

const none: ReadonlySet<string> = new Set();

export const noTexts: TextSet = { only: none };
export const allTexts: TextSet = { not: none, moments: allNumbers, hasPlain: true };

/** More texts than this are not told one by one. */
const mostTexts = 64;

export const onlyTexts = (texts: readonly string[]): TextSet => ({ only: new Set(texts) });

export const hasNoText = (set: TextSet): boolean =>
  "only" in set ? set.only.size === 0 : !set.hasPlain && set.moments.length === 0;

export function keepTexts(set: TextSet, texts: readonly string[]): TextSet {
  return onlyTexts(texts.filter((text) => holdsText(set, text)));
}

export function dropTexts(set: TextSet, texts: readonly string[]): TextSet {
  if ("only" in set) return onlyTexts([...set.only].filter((text) => !texts.includes(text)));
  const not = new Set([...set.not, ...texts]);
  return not.size > mostTexts ? set : { ...set, not };
}

export function holdsText(set: TextSet, text: string): boolean {
  if ("only" in set) return set.only.has(text);
  if (set.not.has(text)) return false;
  const moment = parseMoment(text);
  return moment === undefined ? set.hasPlain : hasNumber(set.moments, moment);
}

export function unionTexts(one: TextSet, other: TextSet): TextSet {
  if (one === other || one === allTexts || hasNoText(other)) return one;
  if (other === allTexts || hasNoText(one)) return other;
  if ("only" in one && "only" in other) {
    const only = new Set([...one.only, ...other.only]);
    return only.size > mostTexts ? allTexts : { only };
  }
  if ("only" in one) return withTexts(other, one.only);
  if ("only" in other) return withTexts(one, other.only);
  return {
    not: new Set([...one.not, ...other.not].filter((text) => !holdsText(one, text) && !holdsText(other, text))),
    moments: unionNumbers(one.moments, other.moments),
    hasPlain: one.hasPlain || other.hasPlain,
  };
}

function withTexts(set: TextSet, texts: ReadonlySet<string>): TextSet {
  if ("only" in set) return set;
  const moments = [...texts].flatMap((text) => parseMoment(text) ?? []);
  return {
    not: new Set([...set.not].filter((text) => !texts.has(text))),
    moments: moments.reduce((sum, moment) => unionNumbers(sum, onlyNumber(moment)), set.moments),
    hasPlain: set.hasPlain || moments.length < texts.size,
  };
}

export function sameTexts(one: TextSet, other: TextSet): boolean {
  if (one === other) return true;
  if ("only" in one) return "only" in other && sameSets(one.only, other.only);
  return (
    !("only" in other) &&
    one.hasPlain === other.hasPlain &&
    sameSets(one.not, other.not) &&
    sameNumbers(one.moments, other.moments)
  );
}

export const sameSets = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one === other || (one.size === other.size && [...one].every((text) => other.has(text)));
