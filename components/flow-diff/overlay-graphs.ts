import { graphChange, wayOf } from "#components/flow-words/graph-change.ts";
import type { Graph, GraphEdge, GraphGroup, GraphNode, GraphNote } from "#flow/graph.ts";

export type ChangeKind = "added" | "removed" | "changed" | "same";

/** Two graphs drawn as one: what stays and comes where it stands now, what went as a ghost where it stood. */
export type Overlay = {
  steps: { node: GraphNode; kind: ChangeKind; at: GraphNode["position"] }[];
  edges: DrawnEdge[];
  notes: { note: GraphNote; kind: ChangeKind }[];
  groups: { group: GraphGroup; kind: ChangeKind }[];
};

/** `shift`: how far aside it is drawn, where one that went and one that came share an end. */
type DrawnEdge = { edge: GraphEdge; id: string; kind: Exclude<ChangeKind, "changed">; shift: number };

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
  const kindOf = aidKinds(change);
  return {
    steps,
    notes: both(before.notes, after.notes).map((note) => ({ note, kind: kindOf(note.id) })),
    groups: both(before.groups, after.groups).map((group) => ({ group, kind: kindOf(group.id) })),
    edges: sideBySide([
      ...after.edges.map((edge) => ({
        edge,
        id: wayOf(edge),
        kind: newWays.has(wayOf(edge)) ? ("added" as const) : ("same" as const),
      })),
      ...change.connections.removed.map((edge) => ({ edge, id: wayOf(edge), kind: "removed" as const })),
    ]),
  };
}

const apart = 9;

/** A line that went and one that came are never drawn on top of each other. */
function sideBySide(edges: readonly Omit<DrawnEdge, "shift">[]): DrawnEdge[] {
  const endsOf = ({ source, sourceHandle, target }: GraphEdge) => [`${source} ${sourceHandle}`, target];
  const taken = (kind: ChangeKind) =>
    new Set(edges.filter((one) => one.kind === kind).flatMap(({ edge }) => endsOf(edge)));
  const [added, removed] = [taken("added"), taken("removed")];
  const isShared = ({ edge }: Omit<DrawnEdge, "shift">) =>
    endsOf(edge).some((end) => added.has(end) && removed.has(end));
  const sides = { added: apart / 2, removed: -apart / 2, same: 0 };
  return edges.map((one) => ({ ...one, shift: isShared(one) ? sides[one.kind] : 0 }));
}

/** All of the graph after, and what only the graph before has. */
function both<Aid extends { id: string }>(before: readonly Aid[] = [], after: readonly Aid[] = []): Aid[] {
  const kept = new Set(after.map(({ id }) => id));
  return [...after, ...before.filter(({ id }) => !kept.has(id))];
}

function aidKinds({ aids }: ReturnType<typeof graphChange>): (id: string) => ChangeKind {
  const kinds = new Map<string, ChangeKind>([
    ...aids.added.map(({ id }) => [id, "added"] as const),
    ...aids.removed.map(({ id }) => [id, "removed"] as const),
    ...aids.changed.map(({ aid }) => [aid.id, "changed"] as const),
  ]);
  return (id) => kinds.get(id) ?? "same";
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
