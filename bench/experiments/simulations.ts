import { bandits } from "./bandits.ts";
import { beforeAndAfter } from "./before-and-after.ts";
import { buckets } from "./buckets.ts";
import { coverage } from "./coverage.ts";
import { detection } from "./detection.ts";
import { Draws } from "./draws.ts";
import { evenedOut } from "./evened-out.ts";
import { falseAlarms } from "./false-alarms.ts";
import { type Figure, type Simulation, widened } from "./simulation.ts";

/** S7: 7. */
export const numberOf = ({ id }: { id: string }): number => Number(id.slice(1));

/** All simulations by their number. */
export const simulations: Simulation[] = [
  ...falseAlarms,
  ...coverage,
  ...detection,
  ...bandits,
  ...buckets,
  ...evenedOut,
  ...beforeAndAfter,
].sort((one, other) => numberOf(one) - numberOf(other));

/** Plays one: each has a world of its own from the seed and its number, so that leaving one out changes no other. */
export function play(simulation: Simulation, { seed, quick }: { seed: number; quick: boolean }): Figure[] {
  const runs = quick ? simulation.quick : simulation.runs;
  const figures = simulation.play(new Draws(seed * 1000 + numberOf(simulation)), runs);
  return figures.map((seen) => widened(seen, runs, simulation.runs));
}
