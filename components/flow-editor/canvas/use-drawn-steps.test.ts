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

test("Of a large flow what no window shows waits, the nearer steps before the others", () => {
  const waiting = farSteps(column(60));
  // Steps are 100 apart: the first and fifteen below it are in sight. The last of the list stands at the top.
  expect(waiting.size).toBe(60 - 16);
  expect(waiting.has("s59")).toBe(false);
  expect([waiting.get("s43"), waiting.get("s0")]).toEqual([1, 44]);
});

test("However close the steps of a large flow stand, no more come at once than a usual flow has", () => {
  const crowded = deriveNodes(
    drawGraph(
      {},
      Array.from({ length: 90 }, (_, index) => step(`s${index}`, "exit", [0, index], {})),
      [],
    ),
    [],
  );
  expect(farSteps(crowded).size).toBe(90 - 48);
});
