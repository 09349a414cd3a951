import { same } from "#components/flow-words/graph-change.ts";
import type { Graph, GraphEdge, GraphGroup, GraphNode, GraphNote } from "#flow/graph.ts";
import { withGroups, withNotes } from "./aid-edits.ts";

export type Side = "mine" | "theirs";

/** Something that both sides changed in different ways: somebody has to say which one stays. */
export type Clash = {
  /** What `choices` name it by. */
  key: string;
  kind: "step" | "way" | "setting" | "note" | "group";
  /** Undefined: that side removed it. */
  mine: unknown;
  theirs: unknown;
  /** The step it is about, or the setting's name. */
  subject: string;
};

export type Merge = { graph: Graph; clashes: Clash[] };

type Parts = {
  steps: Map<string, GraphNode>;
  /** By the way out they start from: a way out has one edge. */
  ways: Map<string, GraphEdge>;
  settings: Map<string, unknown>;
  notes: Map<string, GraphNote>;
  groups: Map<string, GraphGroup>;
};

/**
 * Three drafts made one: what only one side changed since `base` is taken from that side, what both changed alike stays, and what
 * they changed differently follows `choices` (theirs, where nobody chose yet) and is listed. Moving a card is no clash.
 * Edges whose step is gone go with it.
 */
export function mergeDrafts(base: Graph, mine: Graph, theirs: Graph, choices: ReadonlyMap<string, Side>): Merge {
  const [b, m, t] = [partsOf(base), partsOf(mine), partsOf(theirs)];
  const clashes: Clash[] = [];
  const merge = <Item>(kind: Clash["kind"], part: PartOf<Item>, subject: (id: string) => string = (id) => id) => {
    const merged = new Map<string, Item>();
    for (const id of new Set([...part(t).keys(), ...part(m).keys()])) {
      const [was, own, other] = [part(b).get(id), part(m).get(id), part(t).get(id)];
      const key = `${kind} ${id}`;
      const isClash = !alike(own, was) && !alike(other, was) && !alike(own, other);
      if (isClash) clashes.push({ key, kind, mine: own, theirs: other, subject: subject(id) });
      const isTheirs = isClash
        ? choices.get(key) !== "mine"
        : alike(own, was) && (!alike(other, was) || same(own, was));
      const item = isTheirs ? other : own;
      if (item !== undefined) merged.set(id, item);
    }
    return merged;
  };
  const steps = merge("step", (parts) => parts.steps);
  const ways = merge(
    "way",
    (parts) => parts.ways,
    (id) => id.split(" ")[0] ?? id,
  );
  const settings = merge("setting", (parts) => parts.settings);
  const notes = merge("note", (parts) => parts.notes);
  const groups = merge("group", (parts) => parts.groups);
  const nodes = [...steps.values()];
  const kept = new Set(nodes.map((node) => node.id));
  const graph: Graph = {
    ...theirs,
    nodes,
    edges: [...ways.values()].filter((edge) => kept.has(edge.source) && kept.has(edge.target)),
    settings: { ...theirs.settings, ...Object.fromEntries(settings) },
  };
  const grouped = [...groups.values()].map((group) => ({ ...group, steps: group.steps.filter((id) => kept.has(id)) }));
  const whole = withGroups(withNotes(graph, [...notes.values()]), onceEach(grouped));
  return { graph: whole, clashes };
}

type PartOf<Item> = (parts: Parts) => ReadonlyMap<string, Item>;

function partsOf({ nodes, edges, settings, notes = [], groups = [] }: Graph): Parts {
  const byId = <Item extends { id: string }>(items: readonly Item[]) => new Map(items.map((item) => [item.id, item]));
  return {
    steps: byId(nodes),
    ways: new Map(edges.map((edge) => [`${edge.source} ${edge.sourceHandle}`, edge])),
    settings: new Map(Object.entries(settings)),
    notes: byId(notes),
    groups: byId(groups),
  };
}

/** Where a card stands, and the id of an edge, are nobody's decision. */
function alike(a: unknown, b: unknown): boolean {
  return same(essence(a), essence(b));
}

function essence(item: unknown): unknown {
  if (typeof item !== "object" || item === null) return item;
  if ("position" in item) return { ...item, position: null };
  return "sourceHandle" in item ? { ...item, id: null } : item;
}

/** A step is in one group: the first that names it keeps it. */
function onceEach(groups: GraphGroup[]): GraphGroup[] {
  const taken = new Set<string>();
  return groups.flatMap((group) => {
    const steps = group.steps.filter((id) => !taken.has(id));
    for (const id of steps) taken.add(id);
    return steps.length > 0 ? [{ ...group, steps }] : [];
  });
}
