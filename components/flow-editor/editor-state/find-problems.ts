import type { Problem } from "#flow/prove/problem.ts";
import { keepEqual } from "./derive-canvas.ts";

export type StepProblem = Problem;

/** Findings by step; a list that stays equal keeps its identity. */
export function problemsByStep(
  problems: readonly StepProblem[],
  previous: ReadonlyMap<string, readonly StepProblem[]>,
): ReadonlyMap<string, readonly StepProblem[]> {
  const lists = new Map<string, StepProblem[]>();
  for (const problem of problems) {
    if (problem.nodeId) lists.set(problem.nodeId, [...(lists.get(problem.nodeId) ?? []), problem]);
  }
  return keepEqual(lists, previous);
}
