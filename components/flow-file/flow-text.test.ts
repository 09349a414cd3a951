import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FlowFile } from "#flow/flow-file.ts";
import { flowSchema } from "#flow/flow-schema.ts";
import type { Graph } from "#flow/graph.ts";
import { starters } from "#flow/starters/index.ts";
import { flowFormats, formatOf, parseFlowText, writeFlow } from "./flow-text.ts";

const files = starters.map(({ id, graph }) => [id, { name: id, graph } satisfies FlowFile] as const);

/** Objects as a database hands them back: in an order of its own. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turned(part)]),
  );
};

describe.each(flowFormats)("a flow as %s", (format) => {
  test.each(files)("%s comes back as it was, and the same bytes however its keys lay", async (_, file) => {
    const text = await writeFlow(file, format);
    const read = FlowFile.parse(await parseFlowText(text, format));
    expect(read).toEqual(FlowFile.parse(file));
    expect(await writeFlow(read, format)).toBe(await writeFlow(FlowFile.parse(file), format));
    expect(await writeFlow(FlowFile.parse(turned(file)), format)).toBe(await writeFlow(FlowFile.parse(file), format));
  });

  test("any text stays the text it was: yes, 08:00, 1e3, a line break, an emoji", async () => {
    const base = files[0]?.[1];
    if (!base) throw new Error("There is no starter.");
    const words = fc.oneof(
      fc.constantFrom("yes", "null", "08:00", "1e3", "- a", "a: b", "#", "é\n😀 ", "~"),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(words, words, async (note, key) => {
        const data = { note, list: [note, { [key === "__proto__" ? "x" : key]: note }] };
        const node = { id: "n", type: "exit", position: { x: 1.5, y: -2 }, data };
        const file: FlowFile = { ...base, graph: { ...base.graph, nodes: [node] } };
        const text = await writeFlow(file, format);
        expect(FlowFile.parse(await parseFlowText(text, format)).graph.nodes).toEqual([node]);
      }),
      { numRuns: 200 },
    );
  });

  test("what is neither is said to be nothing", async () => {
    expect(await parseFlowText(format === "json" ? "{" : "a: [", format)).toBeUndefined();
  });
});

test("JSON is YAML, and a file's name tells its format", async () => {
  expect(await parseFlowText('{"a": 1}', "yaml")).toEqual({ a: 1 });
  expect(["a.yml", "b.YAML", "c.json", "d"].map(formatOf)).toEqual(["yaml", "yaml", "json", "json"]);
});

test("a bomb of anchors is refused", async () => {
  const bomb = `a: &a [x, x]\n${[..."bcdefghij"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(", ")}]`).join("\n")}`;
  expect(await parseFlowText(bomb, "yaml")).toBeUndefined();
});

describe("the published schema, asked by another validator", () => {
  const isFlow = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(flowSchema());
  const [, sample] = files[0] ?? [];
  const change = (edit: (graph: Graph & Record<string, unknown>) => void) => {
    const file = structuredClone(sample);
    if (file) edit(file.graph as Graph & Record<string, unknown>);
    return file;
  };

  test.each(files)("takes the starter %s", (_, file) => {
    expect(isFlow(JSON.parse(JSON.stringify(file))) ? [] : isFlow.errors).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["no name", { graph: sample?.graph }],
    ["a foreign word beside the graph", { ...sample, author: "me" }],
    ["another version of the graph", change((graph) => Object.assign(graph, { schemaVersion: 2 }))],
    ["an unknown setting", change((graph) => Object.assign(graph.settings, { color: "red" }))],
    ["a purpose that is none", change((graph) => Object.assign(graph.settings, { purpose: "fun" }))],
    [
      "a holdout of everybody",
      change((graph) => Object.assign(graph.settings, { holdout: { percent: 100, salt: "x" } })),
    ],
    ["a step without a place", change((graph) => Reflect.deleteProperty(graph.nodes[0] ?? {}, "position"))],
    ["a step of an unknown type", change((graph) => Object.assign(graph.nodes[0] ?? {}, { type: "teleport" }))],
    [
      "a wait without a length",
      change((graph) =>
        graph.nodes.push({ id: "w", type: "wait", position: { x: 0, y: 0 }, data: { mode: "duration" } }),
      ),
    ],
    [
      "a rule with an unknown operator",
      change((graph) => {
        const rule = { all: [{ path: "contact.a", op: "resembles", value: 1 }] };
        graph.nodes.push({
          id: "c",
          type: "condition",
          position: { x: 0, y: 0 },
          data: { branches: [{ id: "a", name: "A", rule }] },
        });
      }),
    ],
    ["an edge from nowhere", change((graph) => Reflect.deleteProperty(graph.edges[0] ?? {}, "source"))],
  ])("refuses %s", (_, file) => expect(isFlow(JSON.parse(JSON.stringify(file)))).toBe(false));
});
