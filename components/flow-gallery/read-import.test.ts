import { describe, expect, test } from "vitest";
import { emptyGraph } from "#flow/graph.ts";
import { importLimit, readImport } from "./read-import.ts";

const node = { id: "a", type: "wait", position: { x: 0, y: 0 }, data: {} };
const rulesOf = (value: unknown) => {
  const read = readImport(typeof value === "string" ? value : JSON.stringify(value), "file.json");
  return "problems" in read ? read.problems.map(({ path, rule }) => [path, rule]) : "graph";
};

describe("reading a flow from a file", () => {
  test("our own export comes back with its name", () => {
    const text = JSON.stringify({ name: "KYC reminder", graph: emptyGraph() });
    expect(readImport(text, "x.json")).toEqual({ name: "KYC reminder", graph: emptyGraph() });
  });

  test("a bare graph takes the file's name", () => {
    expect(readImport(JSON.stringify(emptyGraph()), "My flow.json")).toMatchObject({ name: "My flow" });
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
    ["too large a file", "x".repeat(importLimit + 1), [["", "too-large"]]],
  ])("%s is refused with the place", (_, value, expected) => expect(rulesOf(value)).toEqual(expected));
});
