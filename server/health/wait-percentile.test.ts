import { expect, test } from "vitest";
import { waitPercentile } from "./wait-percentile.ts";

test.each([
  ["no message, no time", [], null],
  ["all in one bucket: near its end", [{ bucket: 11, count: 100 }], 2037.76],
  [
    "one slow message of a thousand does not count",
    [
      { bucket: 5, count: 999 },
      { bucket: 20, count: 1 },
    ],
    31.8,
  ],
  [
    "two slow ones of a hundred do",
    [
      { bucket: 5, count: 98 },
      { bucket: 12, count: 2 },
    ],
    3072,
  ],
  [
    "the order of the buckets does not matter",
    [
      { bucket: 12, count: 2 },
      { bucket: 5, count: 98 },
    ],
    3072,
  ],
] as const)("%s", (_, waits, expected) => {
  const at = waitPercentile(waits, 0.99);
  if (expected === null) expect(at).toBeNull();
  else expect(at).toBeCloseTo(expected, 0);
});
