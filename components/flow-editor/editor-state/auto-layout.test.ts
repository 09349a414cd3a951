import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyGraph, type Graph, type GraphNode } from "#flow/graph.ts";
import { starters } from "#flow/starters/index.ts";
import type { Catalog, TemplateInfo } from "#flow/template.ts";
import { autoLayout, cardWidth } from "./auto-layout.ts";
import { moveNodes, type Point } from "./graph-edits.ts";

const buttons = ["help", "later"].map((id) => ({ kind: "quick-reply" as const, id, text: id }));
const template = (name: string): TemplateInfo => ({
  name,
  category: "utility",
  samples: {},
  languages: [{ language: "en", status: "approved", header: null, body: "Hello", footer: null, buttons }],
});
const catalog: Catalog = { templates: [template("reminder")] };

const heightOf = ({ type }: GraphNode) => (type === "send" ? 230 : type === "condition" ? 85 : 54);
const sizesOf = (graph: Graph) =>
  new Map(graph.nodes.map((node) => [node.id, { width: cardWidth, height: heightOf(node) }]));
const tidied = (graph: Graph, from: Catalog = catalog) => autoLayout(graph, sizesOf(graph), from);

function overlaps({ nodes }: Graph, places: ReadonlyMap<string, Point>): string[] {
  const boxes = nodes.map((node) => ({
    id: node.id,
    height: heightOf(node),
    at: places.get(node.id) ?? { x: 0, y: 0 },
  }));
  return boxes.flatMap((a, index) =>
    boxes.slice(index + 1).flatMap((b) => {
      const beside = a.at.x + cardWidth <= b.at.x || b.at.x + cardWidth <= a.at.x;
      const apart = a.at.y + a.height <= b.at.y || b.at.y + b.height <= a.at.y;
      return beside || apart ? [] : [`${a.id} ${b.id}`];
    }),
  );
}

const step = (id: string, type: string, data: GraphNode["data"] = {}): GraphNode => ({
  id,
  type,
  position: { x: 0, y: 0 },
  data,
});
const condition = (id: string) => step(id, "condition", { branches: [{ id: "yes", name: "Yes", rule: { all: [] } }] });
const way = (source: string, sourceHandle: string, target: string) => ({
  id: `${source} ${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

const anyGraph = fc
  .record({
    types: fc.array(fc.constantFrom("wait", "condition", "send"), { minLength: 1, maxLength: 14 }),
    ways: fc.array(fc.tuple(fc.nat(13), fc.constantFrom("next", "yes", "else", "button:help", "failed"), fc.nat(13)), {
      maxLength: 30,
    }),
  })
  .map(({ types, ways }): Graph => {
    const nodes = types.map((type, index) =>
      type === "condition"
        ? condition(`s${index}`)
        : step(`s${index}`, type, type === "send" ? { template: "reminder", values: {} } : {}),
    );
    const edges = ways
      .filter(([from, , to]) => from !== to && from < nodes.length && to < nodes.length)
      .map(([from, handle, to]) => way(`s${from}`, handle, `s${to}`));
    const once = new Map(edges.map((edge) => [edge.id, edge]));
    return { ...emptyGraph(), nodes, edges: [...once.values()] };
  });

describe("tidying up", () => {
  test("never puts one card over another, whatever is drawn", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        expect(overlaps(graph, tidied(graph))).toEqual([]);
      }),
    );
  });

  test("changes nothing the second time, whatever is drawn", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const once = moveNodes(graph, tidied(graph));
        expect(moveNodes(once, tidied(once))).toBe(once);
      }),
    );
  });

  test.each(starters.map((starter) => [starter.id, starter] as const))(
    "%s comes out without overlaps",
    (_, { graph }) => {
      const names = graph.nodes.flatMap((node) => (typeof node.data.template === "string" ? node.data.template : []));
      expect(overlaps(graph, tidied(graph, { templates: names.map(template) }))).toEqual([]);
    },
  );

  test("the main way runs straight down, and what ends beside it stays near it", () => {
    const levels = Array.from({ length: 20 }, (_, index) => index);
    const nodes = levels.flatMap((level) => [condition(`c${level}`), step(`x${level}`, "exit")]);
    const edges = levels.flatMap((level) => [
      way(`c${level}`, "else", `x${level}`),
      ...(level < 19 ? [way(`c${level}`, "yes", `c${level + 1}`)] : []),
    ]);
    const places = tidied({ ...emptyGraph(), nodes, edges });
    const exits = levels.map((level) => (places.get(`x${level}`)?.x ?? 0) - (places.get(`c${level}`)?.x ?? 0));
    expect(Math.max(...exits)).toBeLessThan(2 * cardWidth);
  });

  test("an answer's step stands to the right of the message, beside its way down", () => {
    const send = step("m", "send", { template: "reminder", values: {} });
    const graph = {
      ...emptyGraph(),
      nodes: [send, step("w", "wait"), step("h", "hand-off")],
      edges: [way("m", "next", "w"), way("m", "button:help", "h")],
    };
    const places = tidied(graph);
    expect(places.get("w")?.x).toBe(places.get("m")?.x);
    expect(places.get("h")?.x).toBeGreaterThan((places.get("m")?.x ?? 0) + cardWidth);
  });
});
