import type { OwnDatabase } from "../own-database.ts";
import type { Draws } from "./draws.ts";

/** One figure of a simulation and the band it must lie in (both ends included). */
export type Figure = { what: string; value: number; from: number; to: number; as: "share" | "number" };

/**
 * One claim about the statistics, played out: `runs` worlds of which the truth is known. `quick` runs are for the test suite, whose
 * bands are widened to what chance allows with so few.
 */
export type Simulation = {
  id: string;
  title: string;
  runs: number;
  quick: number;
  play: (draws: Draws, runs: number) => Figure[];
};

/** A claim about rows, played in a database of its own; the same seed draws the same worlds. */
export type RowSimulation = Omit<Simulation, "play"> & {
  play: (database: OwnDatabase, drawn: { runs: number; seed: number }) => Promise<Figure[]>;
};

export const share = (what: string, value: number, from: number, to: number): Figure => ({
  what,
  value,
  from,
  to,
  as: "share",
});
export const figure = (what: string, value: number, from: number, to: number): Figure => ({
  what,
  value,
  from,
  to,
  as: "number",
});

export const holds = ({ value, from, to }: Figure): boolean => value >= from && value <= to;

/**
 * A share's band for fewer runs than it was made for: as much wider as the error of a share grows. Its ends stay within 0 and 1.
 */
export function widened(seen: Figure, runs: number, full: number): Figure {
  if (seen.as !== "share" || runs >= full) return seen;
  const error = (at: number) => 3.3 * Math.sqrt((Math.max(at, 0.005) * (1 - Math.min(at, 0.995))) / runs);
  return { ...seen, from: Math.max(0, seen.from - error(seen.from)), to: Math.min(1, seen.to + error(seen.to)) };
}

/** How often something is true in so many runs. */
export function rateOf(runs: number, happens: () => boolean): number {
  let count = 0;
  for (let run = 0; run < runs; run += 1) if (happens()) count += 1;
  return count / runs;
}
