import type { Graph } from "../graph.ts";
import { mayHoldOut } from "../holdout.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";

/** Findings about the flow's own settings, which belong to no step. */
export function findSettingsProblems({ settings }: Graph): Problem[] {
  const { purpose, holdout = null, capPerDay = null } = settings;
  if (mayHoldOut(purpose)) return [];
  const without = (settings: { holdout?: null; capPerDay?: null }) => ({ kind: "change-settings" as const, settings });
  return [
    ...(holdout ? [errorAt("holdout-of-alerts", { field: "holdout", fix: without({ holdout: null }) })] : []),
    ...(capPerDay ? [warningAt("cap-of-alerts", { field: "capPerDay", fix: without({ capPerDay: null }) })] : []),
  ];
}
