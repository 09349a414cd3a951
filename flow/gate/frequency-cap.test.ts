import { expect, test } from "vitest";
import { capState } from "./frequency-cap.ts";

const today = "2026-11-28";
const week = { days: 7, most: 8 };

test.each([
  ["nothing was sent", {}, null, { used: 0, freeOn: today }],
  ["yesterday's messages are no longer counted", { "2026-11-27": 3 }, null, { used: 0, freeOn: today }],
  ["the day is full", { [today]: 3 }, null, { used: 3, freeOn: "2026-11-29" }],
  ["the week has room", { [today]: 1, "2026-11-22": 6 }, week, { used: 1, freeOn: today }],
  ["the week is full until its first day leaves it", { [today]: 2, "2026-11-22": 6 }, week, { freeOn: "2026-11-29" }],
  ["a week ago today is no part of the week", { [today]: 2, "2026-11-21": 6 }, week, { used: 2, freeOn: today }],
  ["all of a week was today", { [today]: 8 }, week, { freeOn: "2026-12-05" }],
])("%s", (_, used, rolling, expected) => expect(capState(used, { perDay: 3, rolling }, today)).toMatchObject(expected));

test("a cap of none never has room", () => {
  expect(capState({}, { perDay: 0, rolling: null }, today).freeOn).toBeNull();
});
