import { describe, expect, test } from "vitest";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import {
  addCopies,
  addNode,
  changeNode,
  connect,
  insertAfter,
  moveNodes,
  pushDown,
  removeNodes,
} from "./graph-edits.ts";

const step = (id: string, y = 0) => ({ id, type: "wait", position: { x: 0, y }, data: {} });

/** Steps a, b, c ... joined by "next", one below the other. */
function chain(...ids: string[]): Graph {
  const steps = ids.map((id, index) => step(id, index * 100));
  const graph = steps.reduce(addNode, emptyGraph());
  return ids
    .slice(1)
    .reduce((rest, id, index) => connect(rest, { nodeId: ids[index] ?? "", handle: "next" }, id, `e${index}`), graph);
}

const ways = (graph: Graph) => graph.edges.map((edge) => `${edge.source} ${edge.sourceHandle} ${edge.target}`).sort();

let count = 0;
const newId = () => `new-${++count}`;

describe("joining steps", () => {
  test("a way out leads to one step: a second edge replaces the first", () => {
    const graph = connect(addNode(chain("a", "b"), step("c")), { nodeId: "a", handle: "next" }, "c", "e9");
    expect(ways(graph)).toEqual(["a next c"]);
  });

  test("a step never leads to itself", () => {
    const graph = chain("a", "b");
    expect(connect(graph, { nodeId: "a", handle: "next" }, "a", "e9")).toBe(graph);
  });

  test("joining what is joined already changes nothing", () => {
    const graph = chain("a", "b");
    expect(connect(graph, { nodeId: "a", handle: "next" }, "b", "e9")).toBe(graph);
  });
});

describe("putting a step in", () => {
  test("on an edge it goes in between", () => {
    const graph = insertAfter(chain("a", "b"), { nodeId: "a", handle: "next" }, step("x"), "next", ["e8", "e9"]);
    expect(ways(graph)).toEqual(["a next x", "x next b"]);
  });

  test("a step without a way out ends the line", () => {
    const graph = insertAfter(chain("a", "b"), { nodeId: "a", handle: "next" }, step("x"), undefined, ["e8", "e9"]);
    expect(ways(graph)).toEqual(["a next x"]);
  });

  test("what lies below makes room, what lies elsewhere stays", () => {
    const graph = pushDown(addNode(chain("a", "b", "c"), step("elsewhere", 500)), "b", 50, 150, "a");
    expect(graph.nodes.map((node) => node.position.y)).toEqual([0, 250, 350, 500]);
  });
});

describe("removing steps", () => {
  test("one in the middle is healed", () => {
    expect(ways(removeNodes(chain("a", "b", "c"), ["b"], newId))).toEqual(["a next c"]);
  });

  test("several in a row are healed together", () => {
    expect(ways(removeNodes(chain("a", "b", "c", "d"), ["b", "c"], newId))).toEqual(["a next d"]);
  });

  test("a step with several outcomes and no main way is not healed: nobody knows where to", () => {
    const fork = connect(addNode(chain("a", "b"), step("c")), { nodeId: "b", handle: "yes" }, "c", "e7");
    const graph = connect(addNode(fork, step("d")), { nodeId: "b", handle: "no" }, "d", "e8");
    expect(ways(removeNodes(graph, ["b"], newId))).toEqual([]);
  });

  test("healing never makes a step lead to itself", () => {
    const loop = connect(chain("a", "b"), { nodeId: "b", handle: "next" }, "a", "e9");
    expect(ways(removeNodes(loop, ["b"], newId))).toEqual([]);
  });
});

describe("changing steps", () => {
  test("edges of ways out that are gone go with them", () => {
    const graph = connect(chain("a", "b"), { nodeId: "b", handle: "yes" }, "a", "e9");
    expect(ways(changeNode(graph, "b", { data: { now: "other" } }, ["no"]))).toEqual(["a next b"]);
  });

  test("a half-filled form keeps its edges", () => {
    const graph = connect(chain("a", "b"), { nodeId: "b", handle: "yes" }, "a", "e9");
    expect(ways(changeNode(graph, "b", { data: {} }, null))).toHaveLength(2);
  });

  test("an empty title is no title", () => {
    const titled = changeNode(chain("a"), "a", { title: "Mine" }, null);
    expect(titled.nodes[0]?.title).toBe("Mine");
    expect(changeNode(titled, "a", { title: "" }, null).nodes[0]).not.toHaveProperty("title");
  });

  test("a step dragged back to where it was has not moved", () => {
    const graph = chain("a", "b");
    expect(moveNodes(graph, new Map([["a", { x: 0, y: 0 }]]))).toBe(graph);
  });
});

test("copies have ids of their own and keep the edges among them", () => {
  const graph = chain("a", "b", "c");
  const { graph: after, ids } = addCopies(
    graph,
    { nodes: graph.nodes.slice(0, 2), edges: graph.edges },
    { x: 40, y: 40 },
    newId,
  );
  expect(ids).toHaveLength(2);
  expect(after.nodes).toHaveLength(5);
  expect(ways(after)).toContain(`${ids[0]} next ${ids[1]}`);
  expect(after.edges).toHaveLength(3);
});
