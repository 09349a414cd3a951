import { describe, expect, test } from "vitest";
import { flowFormats, longestFile, writeFlow } from "#components/flow-file/flow-text.ts";
import { emptyGraph } from "#flow/graph.ts";
import { readImport } from "./read-import.ts";

const node = { id: "a", type: "wait", position: { x: 0, y: 0 }, data: {} };
const rulesOf = async (value: unknown) => {
  const read = await readImport(typeof value === "string" ? value : JSON.stringify(value), "file.json");
  return "problems" in read ? read.problems.map(({ path, rule }) => [path, rule]) : "graph";
};

describe("reading a flow from a file", () => {
  test.each(flowFormats)("our own export comes back with its name: %s", async (format) => {
    const text = await writeFlow({ $schema: "x", name: "KYC reminder", graph: emptyGraph() }, format);
    expect(await readImport(text, `x.${format}`)).toEqual({ name: "KYC reminder", graph: emptyGraph() });
  });

  test("a bare graph takes the file's name", async () => {
    expect(await readImport(JSON.stringify(emptyGraph()), "My flow.json")).toMatchObject({ name: "My flow" });
  });

  test.each([
    ["no JSON", "{", [["", "not-json"]]],
    [
      "another product's file",
      { nodes: "x" },
      [
        ["schemaVersion", "wrong-value"],
        ["nodes", "wrong-type"],
        ["edges", "missing"],
        ["settings", "missing"],
      ],
    ],
    [
      "a node with a foreign key",
      { ...emptyGraph(), nodes: [{ ...node, selected: true }] },
      [["nodes.0", "unknown-key"]],
    ],
    [
      "a node without a place",
      { ...emptyGraph(), nodes: [{ ...node, position: undefined }] },
      [["nodes.0.position", "missing"]],
    ],
    ["too many nodes", { ...emptyGraph(), nodes: Array.from({ length: 501 }, () => node) }, [["nodes", "too-big"]]],
    ["too large a file", "x".repeat(longestFile + 1), [["", "too-large"]]],
  ])("%s is refused with the place", async (_, value, expected) => expect(await rulesOf(value)).toEqual(expected));

  test("a text that is no YAML is refused as such", async () => {
    expect(await readImport("name: [", "x.yml")).toEqual({ problems: [{ path: "", rule: "not-yaml", detail: "" }] });
  });
});
