import { findShapeProblems } from "./findings/shape.ts";
import { findStepProblems, readSteps } from "./findings/steps.ts";
import { findWayProblems, waysFrom } from "./findings/ways.ts";
import type { Graph } from "./graph.ts";
import type { Catalog } from "./template.ts";

/**
 * One finding. `rule` is the key of its text under `problems.`; `field` is the dotted path of the setting to look at; `path`
 * names the steps that lead to the place, trigger first (for an endless loop: the steps of the loop).
 */
export type Problem = {
  nodeId: string | null;
  edgeId: string | null;
  rule: string;
  severity: "error" | "warning";
  field?: string;
  values?: Record<string, string | number>;
  path?: string[];
};

/**
 * Everything that is wrong with a graph, errors and warnings, in the order of the graph. Pure and total, so that the editor
 * asks it at every change and publishing asks the same.
 */
export function validate(graph: Graph, catalog: Catalog): Problem[] {
  const steps = readSteps(graph);
  const ways = waysFrom(graph, steps);
  const problems = [
    ...findShapeProblems(graph, steps),
    ...findStepProblems(graph, steps, catalog),
    ...findWayProblems(graph, steps, ways),
  ];
  return problems.map((problem) => withPath(problem, ways.pathTo));
}

/** True when a graph with these findings may be published: warnings do not hold it back. */
export const isRunnable = (problems: readonly Problem[]): boolean =>
  problems.every((problem) => problem.severity !== "error");

function withPath(problem: Problem, pathTo: (nodeId: string) => string[] | null): Problem {
  if (problem.path || problem.nodeId === null) return problem;
  const path = pathTo(problem.nodeId);
  return path ? { ...problem, path } : problem;
}
