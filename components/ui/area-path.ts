/** A band between two rows of values, as the path of an SVG; `lower` and `upper` are pixels from the top. Pure. */
export const bandPath = (xs: readonly number[], upper: readonly number[], lower: readonly number[]): string =>
  `M${pointsOf(xs, upper).join("L")}L${pointsOf(xs, lower).toReversed().join("L")}Z`;

export const linePath = (xs: readonly number[], ys: readonly number[]): string => `M${pointsOf(xs, ys).join("L")}`;

const pointsOf = (xs: readonly number[], ys: readonly number[]): string[] =>
  xs.map((x, index) => `${round(x)},${round(ys[index] ?? 0)}`);

const round = (value: number): number => Math.round(value * 10) / 10;

/** A round number above `value` that four even steps lead to: 1, 2, 4, 8, 20, 40, 60, 80, 120 ... Pure. */
export function roundCeiling(value: number): number {
  if (value <= 4) return Math.max(1, 2 ** Math.ceil(Math.log2(Math.max(1, value))));
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return Math.round(step * power);
}

/** Moves labels apart that would cover each other, at least `gap` between two, the order kept, all below `bottom`. Pure. */
export function spreadLabels(wanted: readonly number[], gap: number, bottom: number): number[] {
  const order = wanted.map((y, index) => ({ y, index })).toSorted((a, b) => b.y - a.y);
  let free = bottom;
  const placed = wanted.map((y) => y);
  for (const { y, index } of order) {
    const at = Math.min(y, free);
    placed[index] = at;
    free = at - gap;
  }
  return placed;
}
