import { expect, test } from "vitest";
import { starters } from "#flow/starters/index.ts";
import { autoLayout, cardWidth } from "./auto-layout.ts";
import { connectedHandles, flowOrder, walk } from "./flow-order.ts";

const kyc = starters.find((starter) => starter.id === "kyc-reminder") ?? starters[0];
if (!kyc) throw new Error("There are no starters.");
const catalog = { templates: kyc.templates };

test("the outline tells every step once, in the order people meet them", () => {
  const ids = flowOrder(kyc.graph, catalog).map(({ node }) => node.id);
  expect(ids.slice(0, 3)).toEqual(["trigger", "first", "wait-1"]);
  expect(ids.toSorted()).toEqual(kyc.graph.nodes.map((node) => node.id).toSorted());
});

test("arrow keys follow the main way down, choose another way sideways and come back up", () => {
  expect(walk(kyc.graph, { nodeId: "first", chosen: null, cameFrom: null }, "down", catalog)).toEqual({
    kind: "go",
    nodeId: "wait-1",
  });
  const way = walk(kyc.graph, { nodeId: "first", chosen: null, cameFrom: null }, "right", catalog);
  expect(way).toEqual({ kind: "choose", handle: "button:help" });
  expect(walk(kyc.graph, { nodeId: "first", chosen: "button:help", cameFrom: null }, "down", catalog)).toEqual({
    kind: "go",
    nodeId: "hand-off",
  });
  expect(walk(kyc.graph, { nodeId: "hand-off", chosen: null, cameFrom: "first" }, "up", catalog)).toEqual({
    kind: "go",
    nodeId: "first",
  });
  expect(walk(kyc.graph, { nodeId: "trigger", chosen: null, cameFrom: null }, "up", catalog)).toBeNull();
});

test.each(starters.map((starter) => [starter.id, starter] as const))(
  "%s: tidied up, no two cards cover each other and the main way runs down",
  (_, starter) => {
    const height = 220;
    const sizes = new Map(starter.graph.nodes.map((node) => [node.id, { width: cardWidth, height }]));
    const places = autoLayout(starter.graph, sizes, { templates: starter.templates });
    const at = (id: string) => places.get(id) ?? { x: Number.NaN, y: Number.NaN };
    for (const a of starter.graph.nodes) {
      for (const b of starter.graph.nodes) {
        const covers =
          a !== b && Math.abs(at(a.id).x - at(b.id).x) < cardWidth && Math.abs(at(a.id).y - at(b.id).y) < height;
        expect(covers, `${a.id} covers ${b.id}`).toBe(false);
      }
      for (const { handle, target } of connectedHandles(starter.graph, a, { templates: starter.templates })) {
        if (handle.place === "main") expect(at(target).y).toBeGreaterThan(at(a.id).y);
      }
    }
  },
);
