import type { Graph } from "#flow/graph.ts";
import type { Walked } from "./use-live-nodes.ts";

type Line = { nodeId: string; kind: string; handle: string | null };

/** Which steps and edges of a graph somebody's path took. Of another version what both have in common is shown. */
export function walkedOn(graph: Graph, lines: readonly Line[], here: string | null): Walked {
  const steps = new Set(lines.map(({ nodeId }) => nodeId));
  if (here) steps.add(here);
  const taken = new Set(
    lines.filter(({ kind }) => kind === "left").map((line) => `${line.nodeId}\n${line.handle ?? ""}`),
  );
  const edges = graph.edges.filter(({ source, sourceHandle }) => taken.has(`${source}\n${sourceHandle}`));
  for (const { target } of edges) steps.add(target);
  return { steps, edges: new Set(edges.map(({ id }) => id)), here };
}
