import type { MovePlan, MoveStep } from "#flow/move-plan.ts";

type Inside = { nodeId: string; people: number; overAtOnce: number | null; isThere: boolean };

/** The plan to hand in; null where nobody is inside. */
export const planOf = (steps: MoveStep[], spreadMinutes: number): MovePlan | null =>
  steps.length === 0 ? null : { steps, spreadMinutes };

export type MoveSums = { moved: number; kept: number; exited: number; atOnce: number; entering: number };

/** How many people a plan touches and how; `atOnce`: whose wait ends at once; `entering`: who arrive at another step. */
export function sumsOf<Step extends Inside>(steps: readonly Step[], choiceOf: (step: Step) => MoveStep): MoveSums {
  const sums: MoveSums = { moved: 0, kept: 0, exited: 0, atOnce: 0, entering: 0 };
  for (const step of steps) {
    const { act, to } = choiceOf(step);
    if (act === "keep") sums.kept += step.people;
    if (act === "exit") sums.exited += step.people;
    if (act !== "move") continue;
    sums.moved += step.people;
    if (to === step.nodeId && step.isThere) sums.atOnce += step.overAtOnce ?? 0;
    else sums.entering += step.people;
  }
  return sums;
}
