import type { Metric } from "./experiment.ts";

const liftSteps = [0.05, 0.1, 0.2, 0.5, 1, 2];
const pointSteps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/**
 * How far the one axis of all intervals reaches to both sides of zero: as far as the primary metric's interval needs, and the smallest
 * lift worth acting on. What other metrics have beyond it ends in an arrow. Pure.
 */
export function axisReach(metrics: readonly Metric[], view: "lift" | "difference", worth: number): number {
  const [primary] = metrics;
  const limits = (primary?.variants ?? []).flatMap(({ liftCi, ci }) => (view === "lift" ? liftCi : ci));
  const farthest = Math.max(view === "lift" ? worth * 1.5 : 0, ...limits.map((limit) => Math.abs(limit ?? 0)));
  const steps = view === "lift" ? liftSteps : pointSteps;
  return steps.find((step) => step >= farthest) ?? steps.at(-1) ?? 1;
}

/** The next of 1, 2, 5, 10, 20, ... and their tenths. */
export function evenAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5].map((step) => step * power).find((even) => even >= value) ?? 10 * power;
}
