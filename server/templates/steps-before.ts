import type { Graph } from "#flow/graph.ts";

/** The steps from which a way leads to a step that sends this template, by drawn edges and by "go to"; the sending step itself only when a way leads back. */
export function stepsBefore(graph: Graph, template: string): Set<string> {
  const cameFrom = Map.groupBy(waysOf(graph), ({ target }) => target);
  const before = new Set<string>();
  const open = graph.nodes.filter((node) => node.data.template === template).map((node) => node.id);
  for (const id of open) {
    for (const { source } of cameFrom.get(id) ?? []) {
      if (before.has(source)) continue;
      before.add(source);
      open.push(source);
    }
  }
  return before;
}

function waysOf({ nodes, edges }: Graph): { source: string; target: string }[] {
  const jumps = nodes.flatMap((node) =>
    typeof node.data.nodeId === "string" ? [{ source: node.id, target: node.data.nodeId }] : [],
  );
  return [...edges, ...jumps];
}
