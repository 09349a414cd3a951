import { expect, test } from "vitest";
import { bandPath, niceTicks, roundCeiling, splitBands, spreadLabels } from "./area-path.ts";

test.each([
  [0, 1],
  [1, 1],
  [3, 4],
  [5, 6],
  [80, 80],
  [142, 160],
  [180, 200],
  [181, 200],
  [201, 240],
  [999, 1000],
])("a chart up to %d ends at %d", (value, ceiling) => expect(roundCeiling(value)).toBe(ceiling));

test("labels keep their order and do not cover each other", () => {
  expect(spreadLabels([40, 90, 96, 100], 14, 100)).toEqual([40, 72, 86, 100]);
  expect(spreadLabels([100, 100], 14, 100)).toEqual([100, 86]);
  expect(spreadLabels([10, 50, 90], 14, 100)).toEqual([10, 50, 90]);
});

test("a band goes along its upper edge and back along its lower one", () => {
  expect(bandPath([0, 10], [5, 4], [9, 9])).toBe("M0,5L10,4L10,9L0,9Z");
});

test.each([
  [0.18, 0.24, [0.18, 0.2, 0.22, 0.24]],
  [0.002, 0.0041, [0, 0.002, 0.004, 0.006]],
  [120, 184_206, [0, 50_000, 100_000, 150_000, 200_000]],
  [7, 7, [6, 8]],
  [Number.POSITIVE_INFINITY, 0, [0, 0.25, 0.5, 0.75, 1]],
])("an axis for %d to %d has the steps %j", (low, high, ticks) => expect(niceTicks(low, high)).toEqual(ticks));

test("a course with gaps falls into stretches", () => {
  const at = (value: number) => ({ value, low: null, high: null });
  expect(splitBands([null, at(1), at(2), null, at(3)])).toEqual([
    { from: 1, rows: [at(1), at(2)] },
    { from: 4, rows: [at(3)] },
  ]);
});
