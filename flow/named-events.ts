import { z } from "zod";
import type { Graph } from "./graph.ts";
import { nodeTypeOf } from "./nodes/index.ts";

/** Every event a graph names, each once: in the settings its node types mark as event names, in its goal and its exit criteria. */
export function namedEvents(graph: Graph): string[] {
  const inNodes = graph.nodes.flatMap((node) => eventsIn(nodeTypeOf(node.type)?.config, node.data));
  const { goal, exitOn } = graph.settings;
  const inSettings = [...(goal ? [goal] : []), ...exitOn].map((awaited) => awaited.event);
  return [...new Set([...inNodes, ...inSettings])].filter((name) => name !== "");
}

/** Walks schema and data side by side, so that a setting is found wherever its type has it, also in a draft. */
function eventsIn(schema: unknown, data: unknown): string[] {
  if (!(schema instanceof z.ZodType)) return [];
  if (typeof data === "string") return schema.meta()?.field === "event-name" ? [data] : [];
  if (schema instanceof z.ZodArray)
    return Array.isArray(data) ? data.flatMap((item) => eventsIn(schema.element, item)) : [];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => eventsIn(option, data));
  if (!(schema instanceof z.ZodObject) || data === null || typeof data !== "object") return [];
  return Object.entries(schema.shape).flatMap(([key, part]) => eventsIn(part, Reflect.get(data, key)));
}
