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

/** Round steps from at or below `low` to at or above `high`, four or five of them; from 0 where that wastes no more than half the height. Pure. */
export function niceTicks(low: number, high: number): number[] {
  if (!(high > 0)) return [0, 0.25, 0.5, 0.75, 1];
  const from = Number.isFinite(low) && low > high / 2 ? low : 0;
  const rough = (high - from || high) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10) * power;
  const [first, last] = [Math.floor(from / step + 1e-9), Math.ceil(high / step - 1e-9)];
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

type Banded = { value: number; low: number | null; high: number | null };

/** The unbroken stretches of a course with gaps, each with the place of its first row. Pure. */
export function splitBands(rows: readonly (Banded | null)[]): { from: number; rows: Banded[] }[] {
  const stretches: { from: number; rows: Banded[] }[] = [];
  for (const [index, row] of rows.entries()) {
    if (row === null) continue;
    const open = stretches.at(-1);
    if (open && open.from + open.rows.length === index) open.rows.push(row);
    else stretches.push({ from: index, rows: [row] });
  }
  return stretches;
}
