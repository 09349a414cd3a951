import { expect, test } from "vitest";
import { edgePath } from "./edge-path.ts";

test.each([
  ["straight below", { x: 0, y: 0, side: "bottom" as const }, { x: 0, y: 100 }],
  ["below at the side", { x: 0, y: 0, side: "bottom" as const }, { x: 200, y: 100 }],
  ["close below", { x: 0, y: 0, side: "bottom" as const }, { x: 200, y: 20 }],
  ["back up", { x: 0, y: 0, side: "bottom" as const }, { x: 0, y: -300 }],
  ["reply to the right", { x: 0, y: 0, side: "right" as const }, { x: 300, y: 200 }],
  ["reply back to the left", { x: 0, y: 0, side: "right" as const }, { x: -300, y: 200 }],
])("%s: the line starts and ends where it should, in straight pieces", (_, from, to) => {
  const { path } = edgePath(from, to);
  expect(path.startsWith("M 0 0")).toBe(true);
  expect(path.endsWith(`L ${to.x} ${to.y}`)).toBe(true);
  expect(path).not.toContain("NaN");
});

test("a reply goes down beside its card when another card stands in the way", () => {
  const { path } = edgePath({ x: 0, y: 0, side: "right" }, { x: 600, y: 300 }, () => true);
  expect(path).toMatch(/^M 0 0 L 12 0 Q 24 0 24 12 L 24 268/);
  expect(path.endsWith("L 600 300")).toBe(true);
});

test("a line to a step that stands clear of its own card, but no lower, goes up between the two", () => {
  const { path } = edgePath({ x: 0, y: 0, side: "bottom" }, { x: 340, y: -50 });
  expect(path).not.toMatch(/L -/);
  expect(path).toContain("L 190 ");
  expect(path.endsWith("L 340 -50")).toBe(true);
});

test("lines to the same step run together in its column", () => {
  const near = edgePath({ x: 0, y: 0, side: "bottom" }, { x: 300, y: 500 });
  const reply = edgePath({ x: 100, y: 50, side: "right" }, { x: 300, y: 500 });
  for (const { path } of [near, reply]) expect(path).toMatch(/300 \d+ L 300 500$/);
});
