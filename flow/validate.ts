import type { Graph } from "./graph.ts";
import type { Problem } from "./prove/problem.ts";
import { prove } from "./prove/prove.ts";
import type { Catalog } from "./template.ts";

/**
 * Everything that is wrong with a graph, errors and warnings, in the order of the graph. Pure and total, so that the editor
 * asks it at every change and publishing asks the same.
 */
export const validate = (graph: Graph, catalog: Catalog): Problem[] => prove(graph, catalog).problems;

/** True when a graph with these findings may be published: warnings do not hold it back. */
export const isRunnable = (problems: readonly Problem[]): boolean =>
  problems.every((problem) => problem.severity !== "error");
