import { expect, test } from "vitest";
import { bandPath, roundCeiling, spreadLabels } from "./area-path.ts";

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
