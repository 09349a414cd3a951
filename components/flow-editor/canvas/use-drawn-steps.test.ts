import { expect, test } from "vitest";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { deriveNodes } from "../editor-state/derive-canvas.ts";
import { farSteps } from "./use-drawn-steps.ts";

const column = (count: number) =>
  deriveNodes(
    drawGraph(
      {},
      Array.from({ length: count }, (_, index) => step(`s${index}`, "exit", [0, (count - index) * 100], {})),
      [],
    ),
    [],
  );

test("A flow of a usual size is drawn at once", () => {
  expect(farSteps(column(48)).size).toBe(0);
  expect(farSteps([]).size).toBe(0);
});

test("Of a large flow those far from its top wait, the nearer ones before the others", () => {
  const waiting = farSteps(column(60));
  expect(waiting.size).toBe(12);
  // The last of the list stands at the top.
  expect(waiting.has("s59")).toBe(false);
  expect([waiting.get("s11"), waiting.get("s0")]).toEqual([1, 12]);
});
