import { z } from "zod";
import { type Graph, GraphEdge, GraphGroup, GraphNode, GraphNote, graphLimits } from "#flow/graph.ts";
import type { Copies } from "./graph-edits.ts";

const Clip = z
  .strictObject({
    chasqui: z.literal("steps"),
    schemaVersion: z.literal(1),
    nodes: z.array(GraphNode).max(graphLimits.nodes),
    edges: z.array(GraphEdge).max(graphLimits.edges),
    notes: z.array(GraphNote).max(graphLimits.notes).optional(),
    groups: z.array(GraphGroup).max(graphLimits.groups).optional(),
  })
  .refine(({ nodes, notes = [] }) => nodes.length + notes.length > 0);

/**
 * The chosen steps and notes, the edges among them and the groups that are chosen whole, as text for the system's clipboard: it
 * works between flows and browser tabs, and can be read and kept in a file.
 */
export function toClipboard(graph: Graph, ids: readonly string[]): string {
  const chosen = new Set(ids);
  const notes = graph.notes?.filter((note) => chosen.has(note.id)) ?? [];
  const groups = graph.groups?.filter((group) => group.steps.every((id) => chosen.has(id))) ?? [];
  const clip: z.input<typeof Clip> = {
    chasqui: "steps",
    schemaVersion: 1,
    nodes: graph.nodes.filter((node) => chosen.has(node.id)),
    edges: graph.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target)),
    ...(notes.length > 0 && { notes }),
    ...(groups.length > 0 && { groups }),
  };
  return JSON.stringify(clip, null, 2);
}

/** The steps in a clipboard's text, or null when it holds anything else. */
export function fromClipboard(text: string): Copies | null {
  try {
    const { chasqui: _, schemaVersion: __, ...copies } = Clip.parse(JSON.parse(text));
    return copies;
  } catch {
    return null;
  }
}
