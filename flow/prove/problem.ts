import type { Fix } from "./fix.ts";
import type { Route } from "./ways.ts";

/**
 * One finding. `rule` is the key of its text under `problems.`; `field` is the dotted path of the setting to look at; `path` and
 * `pathEdges` name the steps and edges of an example that leads to the place, trigger first (for a loop: the loop itself).
 */
export type Problem = {
  nodeId: string | null;
  edgeId: string | null;
  rule: string;
  severity: "error" | "warning";
  field?: string;
  values?: Record<string, string | number>;
  path?: string[];
  pathEdges?: string[];
  /** What one click does about it. */
  fix?: Fix;
};

type Place = Partial<Omit<Problem, "rule" | "severity" | "path" | "pathEdges" | "fix">> & {
  route?: Route | null;
  fix?: Fix | undefined;
};

const found = (severity: Problem["severity"], rule: string, { route, fix, ...place }: Place): Problem => ({
  nodeId: null,
  edgeId: null,
  rule,
  severity,
  ...place,
  ...(fix && { fix }),
  ...(route && { path: route.nodes, pathEdges: route.edges }),
});

/** A finding that holds publishing back. */
export const errorAt = (rule: string, place: Place = {}): Problem => found("error", rule, place);
export const warningAt = (rule: string, place: Place = {}): Problem => found("warning", rule, place);
