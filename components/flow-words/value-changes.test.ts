import { expect, test } from "vitest";
import { valueChanges } from "./value-changes.ts";

test.each([
  ["equal values", { a: 1, b: [2] }, { b: [2], a: 1 }, []],
  ["a word", "sent", "delivered", [{ path: [], from: "sent", to: "delivered" }]],
  [
    "a duration is read as one",
    { amount: 48, unit: "hours" },
    { amount: 1, unit: "days" },
    [{ path: [], from: { amount: 48, unit: "hours" }, to: { amount: 1, unit: "days" } }],
  ],
  [
    "one blank of several",
    { name: { from: "path", path: "contact.firstName" }, due: { from: "text", text: "soon" } },
    { name: { from: "path", path: "contact.firstName" }, due: { from: "text", text: "today" } },
    [{ path: ["due", "text"], from: "soon", to: "today" }],
  ],
  [
    "a blank that is filled from elsewhere is read whole",
    { name: { from: "path", path: "contact.firstName" } },
    { name: { from: "text", text: "Dear customer" } },
    [
      {
        path: ["name"],
        from: { from: "path", path: "contact.firstName" },
        to: { from: "text", text: "Dear customer" },
      },
    ],
  ],
  ["what came", undefined, true, [{ path: [], from: undefined, to: true }]],
  ["one more in a list", ["a"], ["a", "b"], [{ path: ["1"], from: undefined, to: "b" }]],
])("%s", (_, from, to, expected) => expect(valueChanges(from, to)).toEqual(expected));
