import { describe, expect, test } from "vitest";
import { goalRate } from "./goal-rate.ts";

describe("a flow's goal rate", () => {
  test("nobody entered: no rate at all", () => expect(goalRate({ entered: 0, reached: 0 })).toBeNull());

  // Reference: R 4.4 prop.test(x, n, correct = FALSE)$conf.int.
  test.each([
    [100, 61, 0.5121, 0.6998],
    [10, 0, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [25_000, 15_325, 0.6069, 0.619],
  ])("of %d people %d reached it", (entered, reached, low, high) => {
    const rate = goalRate({ entered, reached });
    expect(rate?.share).toBeCloseTo(reached / entered, 6);
    expect(rate?.low).toBeCloseTo(low, 3);
    expect(rate?.high).toBeCloseTo(high, 3);
  });
});
