import { mayHoldOut } from "../holdout.ts";
import type { Analysis } from "./analyze.ts";
import { isMessage } from "./messages.ts";
import { errorAt, type Problem } from "./problem.ts";
import { isTrigger, readable, type Steps } from "./steps.ts";
import type { Ways } from "./ways.ts";

/**
 * Arms of a split on which nobody is told anything, in a flow of alerts: an experiment may change an alert's words and its time, never
 * whether it comes. A split that follows a message may do as it likes.
 */
export function findArmProblems({ graph, steps, drawn }: Analysis): Problem[] {
  if (mayHoldOut(graph.settings.purpose)) return [];
  const triggers = [...steps.values()].filter(isTrigger).map(({ graphNode }) => graphNode.id);
  const untold = reachUntold(triggers, steps, drawn);
  return [...untold].flatMap((nodeId) => {
    const step = readable(steps.get(nodeId));
    const assigning = step?.type.assigns?.(step.config);
    if (assigning?.kind !== "split") return [];
    return assigning.arms
      .filter(({ id }) => !leadsToMessage(nodeId, id, { steps, drawn }))
      .map(({ id, name }) =>
        errorAt("arm-without-alert", { nodeId, field: "arms", values: { arm: name === "" ? id : name } }),
      );
  });
}

/** Steps that somebody may come to before any message. */
function reachUntold(from: readonly string[], steps: Steps, drawn: Ways): Set<string> {
  const reached = new Set(from);
  for (const nodeId of reached) {
    if (isMessage(steps, nodeId)) continue;
    for (const way of drawn.from(nodeId)) reached.add(way.target);
  }
  return reached;
}

function leadsToMessage(nodeId: string, arm: string, { steps, drawn }: { steps: Steps; drawn: Ways }): boolean {
  const targets = drawn.from(nodeId).flatMap((way) => (way.handle === arm ? [way.target] : []));
  return [...reachUntold(targets, steps, drawn)].some((id) => isMessage(steps, id));
}
