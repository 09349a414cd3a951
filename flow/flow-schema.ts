import { z } from "zod";
import { FlowFile } from "./flow-file.ts";
import { nodeTypes } from "./nodes/index.ts";

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema (draft 2020-12) of a flow file, made from the schemas that the product itself reads it with, for editors and checks
 * outside of it. Stricter than the import in one thing: the settings of a step are held to its type, so an unfinished draft is told as such.
 * What a schema cannot say (ids that lead nowhere, limits over the whole) is found by the import.
 */
export function flowSchema(): JsonSchema {
  const schema = schemaOf(FlowFile);
  const step = findStep(schema);
  step.properties = { ...asSchema(step.properties), type: { enum: nodeTypes.map(({ type }) => type) } };
  step.allOf = nodeTypes.map(({ type }) => ({
    if: { properties: { type: { const: type } }, required: ["type"] },
    // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema for what follows an "if"
    then: { properties: { data: { $ref: `#/$defs/${stepName(type)}` } } },
  }));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Chasqui flow",
    description: "A flow as a file: its steps, what connects them, and its settings.",
    ...schema,
    $defs: { ...asSchema(schema.$defs), ...Object.fromEntries(nodeTypes.flatMap(stepSchemas)) },
  };
}

const stepName = (type: string): string => `step-${type}`;

/** A step's settings, and what they refer to under names of the step's own. */
function stepSchemas({ type, config }: (typeof nodeTypes)[number]): [string, JsonSchema][] {
  const { $defs, ...own } = schemaOf(config);
  const named = Object.entries(asSchema($defs));
  const renamed = (text: string): string => text.replaceAll('"#/$defs/', `"#/$defs/${stepName(type)}-`);
  return [
    [stepName(type), own] as const,
    ...named.map(([name, part]) => [`${stepName(type)}-${name}`, part] as const),
  ].map(([name, part]) => [name, asSchema(JSON.parse(renamed(JSON.stringify(part))))]);
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return asSchema(JSON.parse(JSON.stringify(made)));
}

const asSchema = (value: unknown): JsonSchema =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as JsonSchema) : {};

/** Where the schema speaks of one step, however deep zod has put it. */
function findStep(schema: JsonSchema): JsonSchema {
  const graph = asSchema(asSchema(schema.properties).graph);
  const nodes = asSchema(asSchema(graph.properties).nodes);
  return asSchema(nodes.items);
}
