import { expect, test } from "vitest";
import { measures, metricIds, metrics } from "./metric.ts";

test.each(metricIds)("%s divides what is counted, and nothing by itself", (id) => {
  const { numerator, denominator, kind } = metrics[id];
  if (numerator !== "cost" && numerator !== "value") expect(measures).toContain(numerator);
  if (denominator !== null) expect(measures).toContain(denominator);
  expect(denominator).not.toBe(numerator);
  expect(denominator === null).toBe(kind === "money");
});

test("what decides an experiment says which way is good", () => {
  const deciding = metricIds.filter((id) => metrics[id].role !== "descriptive");
  expect(deciding.filter((id) => metrics[id].better === "neither")).toEqual([]);
});
