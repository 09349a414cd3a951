import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layoutThumbnail } from "./thumbnail-layout.ts";

const nodesOf = (ids: string) => [...ids].map((id) => ({ id, type: "wait" }));
const edgesOf = (pairs: string) =>
  pairs
    .split(" ")
    .filter(Boolean)
    .map(([source = "", target = ""]) => ({ source, target }));
const placesOf = (ids: string, pairs: string) =>
  Object.fromEntries(
    layoutThumbnail({ nodes: nodesOf(ids), edges: edgesOf(pairs) }).nodes.map(({ id, x, y }) => [id, [x / 62, y / 33]]),
  );

describe("a flow's thumbnail", () => {
  test.each([
    ["a straight flow is one row", "abc", "ab bc", { a: [0, 0], b: [1, 0], c: [2, 0] }],
    ["two outcomes stand above and below their step", "abc", "ab ac", { a: [0, 0.5], b: [1, 0], c: [1, 1] }],
    ["a step reached on two ways stands behind the longer one", "abc", "ab bc ac", { a: [0, 0], b: [1, 0], c: [2, 0] }],
    ["a way back does not push the loop's start", "abc", "ab bc cb", { a: [0, 0], b: [1, 0], c: [2, 0] }],
    ["a step nothing leads to has a row of its own", "abc", "ab", { a: [0, 0], b: [1, 0], c: [0, 1] }],
    ["no step at all", "", "", {}],
  ])("%s", (_, ids, pairs, expected) => expect(placesOf(ids, pairs)).toEqual(expected));

  test("no two steps ever cover each other, whatever the graph", () => {
    const ids = "abcdefgh";
    const edge = fc
      .tuple(fc.constantFrom(...ids), fc.constantFrom(...ids))
      .map(([source, target]) => ({ source, target }));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 24 }), (edges) => {
        const { nodes } = layoutThumbnail({ nodes: nodesOf(ids), edges });
        expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(ids.length);
      }),
    );
  });
});
