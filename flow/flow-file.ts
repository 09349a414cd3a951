import { z } from "zod";
import { caseLimits, FlowCase } from "./flow-case.ts";
import { Graph, type GraphNode } from "./graph.ts";
import type { Json, JsonObject } from "./json.ts";

/** Where the schema of the file is published (docs/flow-files.md). */
export const flowSchemaPath = "/schema/flow.json";

/** A flow as a file: what `export` writes and `import` takes back. `id` and `revision` say which draft it was pulled from. */
export const FlowFile = z.strictObject({
  $schema: z.string().max(500).optional(),
  id: z.uuid().optional(),
  revision: z.number().int().min(1).optional(),
  name: z.string().trim().min(1).max(120),
  graph: Graph,
  /** Test runs that have to come out as expected before the flow goes live. */
  cases: z.array(FlowCase).max(caseLimits.perFlow).optional(),
});
export type FlowFile = z.infer<typeof FlowFile>;

/**
 * The file as it is written: the same flow always gives the same keys in the same order, whatever order the database or a form had them
 * in, so that a comparison of two files shows what was changed and nothing else. Steps and edges keep their own order.
 */
export function orderedFile({ $schema, id, revision, name, graph, cases }: FlowFile): JsonObject {
  const { schemaVersion, settings, nodes, edges, ...rest } = graph;
  return {
    ...($schema !== undefined && { $schema }),
    ...(id !== undefined && { id }),
    ...(revision !== undefined && { revision }),
    name,
    graph: {
      schemaVersion,
      settings: ordered(asJson(settings)),
      nodes: nodes.map(orderedNode),
      edges: edges.map(({ id: edge, source, sourceHandle, target, ...others }) => ({
        ...{ id: edge, source, sourceHandle, target },
        ...asObject(ordered(asJson(others))),
      })),
      ...asObject(ordered(asJson(rest))),
    },
    ...(cases !== undefined && { cases: ordered(asJson(cases)) }),
  };
}

function orderedNode({ id, type, title, position, data, ...rest }: GraphNode): JsonObject {
  return {
    id,
    type,
    ...(title !== undefined && { title }),
    position: { x: position.x, y: position.y },
    data: ordered(asJson(data)),
    ...asObject(ordered(asJson(rest))),
  };
}

/** What is in a graph came as JSON; a value left out on purpose (undefined) is left out here, too. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const asObject = (value: Json): JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};

/** Names that tell what a thing is come before what it holds; all others follow the alphabet. */
const first = ["id", "type", "kind", "mode", "op", "from", "name", "path"];

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== "object") return value;
  const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(keys.map((key) => [key, ordered(value[key] ?? null)]));
}
