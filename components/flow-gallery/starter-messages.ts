import { messageOf } from "#components/flow-words/step-handles.ts";
import type { MessageText } from "#flow/free-message.ts";
import type { GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import type { Starter } from "#flow/starters/index.ts";

/** A message of a flow, and the step that makes people wait for it; null for one that leaves at once. */
export type StarterMessage = { nodeId: string; message: MessageText; after: GraphNode | null };

/** The messages of a graph in the order one meets them from the trigger on, each once. */
export function starterMessages({ graph, templates }: Pick<Starter, "graph" | "templates">): StarterMessage[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const messages: StarterMessage[] = [];
  const walk = (id: string, waited: GraphNode | null) => {
    const node = byId.get(id);
    if (!node || seen.has(id)) return;
    seen.add(id);
    const message = messageOf(node, { templates });
    if (message) messages.push({ nodeId: id, message, after: waited });
    const next = message ? null : makesWait(node) ? node : waited;
    for (const edge of graph.edges) if (edge.source === id) walk(edge.target, next);
  };
  for (const node of graph.nodes) if (nodeTypeOf(node.type)?.family === "trigger") walk(node.id, null);
  return messages;
}

function makesWait(node: GraphNode): boolean {
  const type = nodeTypeOf(node.type);
  const config = type?.config.safeParse(node.data);
  return Boolean(config?.success && type?.waits?.(config.data));
}
