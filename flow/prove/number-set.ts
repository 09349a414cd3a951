/** A stretch of numbers; a bound that is open does not belong to it. */
export type Stretch = { from: number; to: number; isFromOpen: boolean; isToOpen: boolean };

/** A set of numbers as stretches in order that neither meet nor overlap. */
export type NumberSet = readonly Stretch[];

export const noNumbers: NumberSet = [];
export const allNumbers: NumberSet = [{ from: -Infinity, to: Infinity, isFromOpen: false, isToOpen: false }];

/** More stretches than this are taken together: a set may only grow by being less exact. */
const mostStretches = 16;

export const onlyNumber = (value: number): NumberSet => [
  { from: value, to: value, isFromOpen: false, isToOpen: false },
];

export const above = (from: number, isFromOpen: boolean): NumberSet =>
  kept([{ from, to: Infinity, isFromOpen, isToOpen: false }]);

export const below = (to: number, isToOpen: boolean): NumberSet =>
  kept([{ from: -Infinity, to, isFromOpen: false, isToOpen }]);

export function intersectNumbers(one: NumberSet, other: NumberSet): NumberSet {
  if (one === allNumbers) return other;
  if (other === allNumbers) return one;
  return kept(one.flatMap((left) => other.map((right) => overlap(left, right))));
}

export function unionNumbers(one: NumberSet, other: NumberSet): NumberSet {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const joined: Stretch[] = [];
  for (const stretch of [...one, ...other].sort(byStart)) {
    const last = joined.at(-1);
    if (last && meets(last, stretch)) joined[joined.length - 1] = hull(last, stretch);
    else joined.push(stretch);
  }
  const [first, end] = [joined[0], joined.at(-1)];
  return joined.length > mostStretches && first && end ? [hull(first, end)] : joined;
}

export const withoutNumber = (set: NumberSet, value: number): NumberSet =>
  intersectNumbers(set, unionNumbers(below(value, true), above(value, true)));

export const hasNumber = (set: NumberSet, value: number): boolean =>
  set.some(
    ({ from, to, isFromOpen, isToOpen }) =>
      (value > from || (value === from && !isFromOpen)) && (value < to || (value === to && !isToOpen)),
  );

export const sameNumbers = (one: NumberSet, other: NumberSet): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every((stretch, at) => {
      const twin = other[at];
      return (
        twin !== undefined &&
        Object.is(stretch.from, twin.from) &&
        Object.is(stretch.to, twin.to) &&
        stretch.isFromOpen === twin.isFromOpen &&
        stretch.isToOpen === twin.isToOpen
      );
    }));

const kept = (stretches: Stretch[]): NumberSet =>
  stretches.filter(({ from, to, isFromOpen, isToOpen }) => from < to || (from === to && !isFromOpen && !isToOpen));

function overlap(left: Stretch, right: Stretch): Stretch {
  const from = Math.max(left.from, right.from);
  const to = Math.min(left.to, right.to);
  return {
    from,
    to,
    isFromOpen: (left.from === from && left.isFromOpen) || (right.from === from && right.isFromOpen),
    isToOpen: (left.to === to && left.isToOpen) || (right.to === to && right.isToOpen),
  };
}

const byStart = (a: Stretch, b: Stretch): number => a.from - b.from || Number(a.isFromOpen) - Number(b.isFromOpen);

/** `next` starts no earlier than `last`. */
const meets = (last: Stretch, next: Stretch): boolean =>
  next.from < last.to || (next.from === last.to && !(next.isFromOpen && last.isToOpen));

function hull(last: Stretch, next: Stretch): Stretch {
  const to = Math.max(last.to, next.to);
  const isToOpen = (last.to < to || last.isToOpen) && (next.to < to || next.isToOpen);
  return { ...last, to, isToOpen };
}
