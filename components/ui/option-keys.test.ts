import { expect, test } from "vitest";
import { beginningWith, optionAfterKey } from "./option-keys.ts";

const two = { count: 7, columns: 2, rowsShown: 2 };

test.each([
  ["ArrowRight", 0, 1],
  ["ArrowLeft", 0, null],
  ["ArrowDown", 1, 3],
  ["ArrowDown", 5, null],
  ["ArrowUp", 3, 1],
  ["ArrowUp", 1, null],
  ["Home", 4, 0],
  ["End", 0, 6],
  ["End", 6, null],
  ["PageDown", 0, 4],
  ["PageDown", 1, 5],
  ["PageDown", 3, 5],
  ["PageUp", 6, 2],
  ["PageUp", 3, 1],
  ["x", 0, null],
])("%s from option %d of seven in two columns leads to %s", (key, from, to) =>
  expect(optionAfterKey(key, from, two)).toBe(to),
);

test("where options stand below each other, the arrow down leads to the very next", () =>
  expect(optionAfterKey("ArrowDown", 0, { count: 3, columns: 1, rowsShown: 4 })).toBe(1));

test("a letter leads to the next option that begins with it, and round to the first", () => {
  const names = ["Payment due", "Fraud alert", "Payment received"];
  expect(beginningWith("p", 0, names)).toBe(2);
  expect(beginningWith("P", 2, names)).toBe(0);
  expect(beginningWith("f", 1, names)).toBe(null);
  expect(beginningWith("z", 0, names)).toBe(null);
});
