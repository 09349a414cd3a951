import { graphChange, wayOf } from "#components/flow-words/graph-change.ts";
import type { Graph, GraphEdge, GraphNode } from "#flow/graph.ts";

export type ChangeKind = "added" | "removed" | "changed" | "same";

/** Two graphs drawn as one: what stays and comes where it stands now, what went as a ghost where it stood. */
export type Overlay = {
  steps: { node: GraphNode; kind: ChangeKind; at: GraphNode["position"] }[];
  edges: { edge: GraphEdge; id: string; kind: Exclude<ChangeKind, "changed"> }[];
};

const cardWidth = 260;
const columnGap = 48;
/** About as tall as a card is drawn: exact sizes are known only after it was. */
const heightOf = ({ data }: GraphNode): number => (typeof data.template === "string" && data.template ? 230 : 92);

/** Lays the graph before under the graph after. A ghost that would lie under a card moves to the next free column beside it. */
export function overlayGraphs(before: Graph, after: Graph): Overlay {
  const change = graphChange(before, after);
  const added = new Set(change.added.map((node) => node.id));
  const changed = new Set(change.changed.map(({ node }) => node.id));
  const newWays = new Set(change.connections.added.map(wayOf));
  const steps: Overlay["steps"] = after.nodes.map((node) => ({
    node,
    kind: added.has(node.id) ? "added" : changed.has(node.id) ? "changed" : "same",
    at: node.position,
  }));
  for (const node of change.removed) steps.push({ node, kind: "removed", at: freePlace(node, steps) });
  return {
    steps,
    edges: [
      ...after.edges.map((edge) => ({
        edge,
        id: wayOf(edge),
        kind: newWays.has(wayOf(edge)) ? ("added" as const) : ("same" as const),
      })),
      ...change.connections.removed.map((edge) => ({ edge, id: wayOf(edge), kind: "removed" as const })),
    ],
  };
}

function freePlace(node: GraphNode, steps: Overlay["steps"]): GraphNode["position"] {
  const isTaken = (x: number) =>
    steps.some(
      (step) =>
        Math.abs(step.at.x - x) < cardWidth + 16 &&
        step.at.y < node.position.y + heightOf(node) &&
        node.position.y < step.at.y + heightOf(step.node),
    );
  let { x } = node.position;
  while (isTaken(x)) x += cardWidth + columnGap;
  return { x, y: node.position.y };
}
