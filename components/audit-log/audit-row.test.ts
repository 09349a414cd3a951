import { expect, test } from "vitest";
import { factsOf } from "./audit-row.ts";

test.each<[string, Record<string, unknown>, unknown]>([
  [
    "only what changed stands side by side",
    { from: { role: "maker", since: 1 }, to: { role: "owner", since: 1 } },
    { changes: [{ name: "role", before: "maker", after: "owner" }], facts: [] },
  ],
  [
    "before and after are the same as from and to, however deep",
    { before: { on: { cap: "skip" } }, after: { on: { cap: "later" } } },
    { changes: [{ name: "on.cap", before: "skip", after: "later" }], facts: [] },
  ],
  [
    "two plain values are a change without a name",
    { from: "old", to: "new" },
    { changes: [{ name: "", before: "old", after: "new" }], facts: [] },
  ],
  [
    "everything else is a fact",
    { version: 2, scopes: ["a", "b"] },
    {
      changes: [],
      facts: [
        { name: "version", before: null, after: "2" },
        { name: "scopes", before: null, after: "a, b" },
      ],
    },
  ],
  ["nothing is nothing", {}, { changes: [], facts: [] }],
])("%s", (_, detail, expected) => expect(factsOf(detail)).toEqual(expected));
