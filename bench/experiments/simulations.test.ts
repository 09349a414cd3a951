import { describe, expect, test } from "vitest";
import { Draws } from "./draws.ts";
import { holds } from "./simulation.ts";
import { play, simulations } from "./simulations.ts";

describe("a few worlds of every simulation", () => {
  test.each(simulations.map((simulation) => [simulation.id, simulation] as const))("%s holds", (_, simulation) => {
    const figures = play(simulation, { seed: 7, quick: true });
    expect(figures.length).toBeGreaterThan(0);
    expect(figures.filter((seen) => !holds(seen))).toEqual([]);
  });
});

test("the same seed plays the same world, another one another", () => {
  const [once, again, other] = [3, 3, 4].map((seed) => {
    const draws = new Draws(seed);
    return Array.from({ length: 20 }, () => draws.binomial(1000, 0.04));
  });
  expect(again).toEqual(once);
  expect(other).not.toEqual(once);
});

test("drawn counts have the mean and the spread of their distribution", () => {
  const draws = new Draws(1);
  const counts = Array.from({ length: 40_000 }, () => draws.binomial(900, 0.04));
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  expect(mean).toBeCloseTo(36, 0);
  expect(variance / (900 * 0.04 * 0.96)).toBeCloseTo(1, 1);
});
