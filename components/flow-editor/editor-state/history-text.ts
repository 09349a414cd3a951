import { z } from "zod";
import { FlowSettings, Graph, GraphEdge, GraphGroup, GraphNode, GraphNote } from "#flow/graph.ts";

/** A draft with what undo and redo lead to; the nearest stands last in both. */
export type History = { past: Graph[]; current: Graph; future: Graph[] };

/** One list seen from another one: ids kept at both ends, the ids between them, and the items that differ. */
const listDelta = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ head: z.number(), tail: z.number(), ids: z.array(z.string()), items: z.array(item) }).optional();

const Delta = z.strictObject({
  nodes: listDelta(GraphNode),
  edges: listDelta(GraphEdge),
  notes: listDelta(GraphNote),
  groups: listDelta(GraphGroup),
  settings: FlowSettings.optional(),
});
type Delta = z.infer<typeof Delta>;

const Kept = z.strictObject({
  revision: z.number(),
  isSaved: z.boolean(),
  current: Graph,
  past: z.array(Delta),
  future: z.array(Delta),
});

const most = { entries: 60, characters: 1_500_000 };

/**
 * A tab's undo history as text. Each entry says only how it differs from the one nearer to now, so that the history of a large
 * flow stays small; what would still be too long loses its oldest entries. Null: the draft itself is too large to keep.
 */
export function writeHistory(
  { past, current, future }: History,
  stand: { revision: number; isSaved: boolean },
): string | null {
  for (let entries = most.entries; entries > 0; entries = Math.floor(entries / 2)) {
    const kept: z.infer<typeof Kept> = {
      ...stand,
      current,
      past: deltas(past.slice(-entries), current),
      future: deltas(future.slice(-entries), current),
    };
    const text = JSON.stringify(kept);
    if (text.length <= most.characters) return text;
  }
  return null;
}

/** What `writeHistory` wrote; null for anything else. */
export function readHistory(text: string): (History & { revision: number; isSaved: boolean }) | null {
  try {
    const { past, current, future, ...stand } = Kept.parse(JSON.parse(text));
    return { ...stand, current, past: apply(past, current), future: apply(future, current) };
  } catch {
    return null;
  }
}

/** From the nearest entry outwards each against the one before; given and answered with the nearest last. */
function deltas(graphs: readonly Graph[], current: Graph): Delta[] {
  let near = current;
  const outwards = graphs.toReversed().map((graph) => {
    const delta = deltaOf(near, graph);
    near = graph;
    return delta;
  });
  return outwards.reverse();
}

function apply(kept: readonly Delta[], current: Graph): Graph[] {
  let near = current;
  const outwards = kept.toReversed().map((delta) => {
    near = applyDelta(near, delta);
    return near;
  });
  return outwards.reverse();
}

function deltaOf(from: Graph, to: Graph): Delta {
  const list = <Item extends { id: string }>(before: Item[] = [], after: Item[] = []) =>
    before === after ? undefined : listDeltaOf(before, after);
  return {
    nodes: list(from.nodes, to.nodes),
    edges: list(from.edges, to.edges),
    notes: list(from.notes, to.notes),
    groups: list(from.groups, to.groups),
    settings: from.settings === to.settings ? undefined : to.settings,
  };
}

type ListDelta<Item> = { head: number; tail: number; ids: string[]; items: Item[] };

function listDeltaOf<Item extends { id: string }>(before: Item[], after: Item[]): ListDelta<Item> {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head]?.id === after[head]?.id) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail)?.id === after.at(-1 - tail)?.id) tail++;
  // Edits keep what they do not change, so that identity tells what differs.
  const known = new Set(before);
  return {
    head,
    tail,
    ids: after.slice(head, after.length - tail).map((item) => item.id),
    items: after.filter((item) => !known.has(item)),
  };
}

function applyDelta(from: Graph, { nodes, edges, notes, groups, settings }: Delta): Graph {
  const { notes: _, groups: __, ...rest } = from;
  const [ownNotes, ownGroups] = [applyList(from.notes ?? [], notes), applyList(from.groups ?? [], groups)];
  return {
    ...rest,
    nodes: applyList(from.nodes, nodes),
    edges: applyList(from.edges, edges),
    ...(ownNotes.length > 0 && { notes: ownNotes }),
    ...(ownGroups.length > 0 && { groups: ownGroups }),
    settings: settings ?? from.settings,
  };
}

function applyList<Item extends { id: string }>(before: Item[], delta: ListDelta<Item> | undefined): Item[] {
  if (!delta) return before;
  const byId = new Map([...before, ...delta.items].map((item) => [item.id, item]));
  const ids = [
    ...before.slice(0, delta.head).map((item) => item.id),
    ...delta.ids,
    ...before.slice(before.length - delta.tail).map((item) => item.id),
  ];
  return ids.flatMap((id) => byId.get(id) ?? []);
}
