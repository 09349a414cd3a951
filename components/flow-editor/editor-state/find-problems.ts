import type { Graph } from "#flow/graph.ts";
import type { Problem } from "#flow/prove/problem.ts";
import type { Catalog } from "#flow/template.ts";
import { validate } from "#flow/validate.ts";
import { keepEqual } from "./derive-canvas.ts";

export type StepProblem = Problem;

/** The findings of the same pure rules that publishing applies. */
export const findProblems = (graph: Graph, catalog: Catalog): StepProblem[] => validate(graph, catalog);

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
