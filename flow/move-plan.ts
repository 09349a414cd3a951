import { z } from "zod";
import { type Graph, graphLimits, NodeId } from "./graph.ts";

/** What becomes of the people on one step of one older version when a new one goes live. */
export const MoveStep = z.strictObject({
  versionId: z.uuid(),
  nodeId: NodeId,
  /** keep: they finish on their version; move: they go on at `to` of the new one; exit: they leave the flow. */
  act: z.enum(["keep", "move", "exit"]),
  /** Their own step (`nodeId`): they go on standing there and their wait is timed anew. Another: they enter it. */
  to: NodeId.nullable().default(null),
});
export type MoveStep = z.infer<typeof MoveStep>;

/** The people of every older version, step by step. Steps that are not listed keep their people. */
export const MovePlan = z
  .strictObject({
    steps: z.array(MoveStep).max(graphLimits.nodes * 4),
    /** Waits that are over at once by the new times end over so many minutes, each person at a moment of their own. */
    spreadMinutes: z.number().int().min(0).max(1440).default(120),
  })
  .refine(({ steps }) => steps.every(({ act, to }) => (act === "move") === (to !== null)), {
    error: "A move needs a step to go on at, and only a move has one",
  });
export type MovePlan = z.infer<typeof MovePlan>;

/** The plan's word on one step; null: none, so its people stay. */
export const moveStepOf = (plan: MovePlan, versionId: string, nodeId: string): MoveStep | null =>
  plan.steps.find((step) => step.nodeId === nodeId && step.versionId === versionId) ?? null;

/** Steps that the new graph would have people go on at and does not have, or cannot be entered. */
export function brokenMoves(plan: MovePlan, after: Graph): MoveStep[] {
  const known = new Set(after.nodes.map((node) => node.id));
  return plan.steps.filter(({ act, to }) => act === "move" && !known.has(to ?? ""));
}

/**
 * What is proposed for a step's people: to go on at the same step of the new graph; where it is gone, at the first step behind it
 * that is still there, by the way most people take first ("next"); else to finish on their version.
 */
export function presetMove(before: Graph, after: Graph, at: { versionId: string; nodeId: string }): MoveStep {
  const typeIn = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)?.type;
  const isSame = typeIn(after, at.nodeId) !== undefined && typeIn(after, at.nodeId) === typeIn(before, at.nodeId);
  const to = isSame ? at.nodeId : stepBehind(before, after, at.nodeId);
  return to === null ? { ...at, act: "keep", to: null } : { ...at, act: "move", to };
}

function stepBehind(before: Graph, after: Graph, nodeId: string): string | null {
  const known = new Set(after.nodes.map((node) => node.id));
  const seen = new Set([nodeId]);
  for (let at = [nodeId]; at.length > 0; ) {
    const next = at.flatMap((id) =>
      before.edges
        .filter((edge) => edge.source === id)
        .toSorted((a, b) => Number(b.sourceHandle === "next") - Number(a.sourceHandle === "next"))
        .map((edge) => edge.target),
    );
    const found = next.find((id) => known.has(id));
    if (found) return found;
    at = next.filter((id) => !seen.has(id));
    for (const id of at) seen.add(id);
  }
  return null;
}
