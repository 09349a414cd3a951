import { expect, test } from "vitest";
import { frameOf } from "./frame-around.ts";

const steps = [
  { id: "a", at: { x: 0, y: 0 } },
  { id: "b", at: { x: 300, y: 200 } },
  { id: "c", at: { x: 900, y: 900 } },
];
const size = { width: 260, height: 100 };

test("A group's frame goes around its own steps once all of them have a size", () => {
  const group = { steps: ["a", "b"] };
  expect(frameOf(group, steps, new Map([["a", size]]))).toBeNull();
  const frame = frameOf(
    group,
    steps,
    new Map([
      ["a", size],
      ["b", size],
    ]),
  );
  expect(frame).toMatchObject({ position: { x: -20, y: -46 }, width: 600, height: 370 });
});

test("A group without steps has no frame", () => {
  expect(frameOf({ steps: ["gone"] }, steps, new Map([["a", size]]))).toBeNull();
});
