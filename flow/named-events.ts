import { z } from "zod";
import type { Graph } from "./graph.ts";
import { nodeTypeOf } from "./nodes/index.ts";

/** Every event a graph names, each once: in the fields its node types mark as event names, in its goal and its exit criteria. */
export function namedEvents(graph: Graph): string[] {
  const inNodes = graph.nodes.flatMap((node) => eventFields(node.type).map((field) => node.data[field]));
  const inSettings = [graph.settings.goal?.event, ...graph.settings.exitOn.map((exit) => exit.event)];
  const names = [...inNodes, ...inSettings].filter((name): name is string => typeof name === "string" && name !== "");
  return [...new Set(names)];
}

function eventFields(type: string): string[] {
  const config = nodeTypeOf(type)?.config;
  if (!(config instanceof z.ZodObject)) return [];
  return Object.entries(config.shape)
    .filter(([, field]) => field instanceof z.ZodType && field.meta()?.field === "event-name")
    .map(([name]) => name);
}
