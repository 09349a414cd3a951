import type { FlowSettings } from "../graph.ts";
import { nodeTypes } from "../nodes/index.ts";

/** What a step is added for: that an agent answers, that the flow rests, that people leave on purpose. */
export type AddedFor = "agent" | "rest" | "end";

/**
 * What one click does about a finding, as one edit that can be undone. Its words are `problemFixes.<kind>`, of an added step
 * `problemFixes.add-<what for>`.
 */
export type Fix =
  | { kind: "remove-step"; nodeId: string }
  | { kind: "remove-edge"; edgeId: string }
  /** Puts a new step of this type behind a way out, before whatever follows there now. */
  | { kind: "add-step"; addedFor: AddedFor; type: string; from: Exit }
  | { kind: "connect"; from: Exit; target: string }
  /** Takes the entry with this id out of a list among the step's settings, and its way out with it. */
  | { kind: "remove-branch"; nodeId: string; field: string; id: string }
  | { kind: "change-step"; nodeId: string; data: Record<string, unknown> }
  | { kind: "change-settings"; settings: Partial<FlowSettings> };

/** A way out of a step. */
export type Exit = { nodeId: string; handle: string };

/** A new step behind a way out; undefined where this version has no such step. */
export function addStep(addedFor: AddedFor, from: Exit): Fix | undefined {
  const type = nodeTypes.find((candidate) => {
    if (addedFor === "agent") return candidate.pauses;
    if (addedFor === "end") return candidate.family === "end" && !candidate.isGoal;
    const config = candidate.config.safeParse(candidate.initial());
    return config.success && candidate.waits?.(config.data) && candidate.stays && !candidate.pauses;
  });
  return type && { kind: "add-step", addedFor, type: type.type, from };
}
