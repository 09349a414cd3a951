import type { Handle } from "../define-node.ts";
import type { Analysis } from "./analyze.ts";
import { addStep, type Fix } from "./fix.ts";
import { findLoopsWithoutEnd } from "./loops.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";
import { isTrigger, type ReadStep, readable } from "./steps.ts";

/** Findings about where ways lead: steps nobody reaches, jumps into nowhere, circles without an end, and what a good flow has at its ends. */
export function findEndProblems(found: Analysis): Problem[] {
  const { graph, steps, drawn } = found;
  const reached = [...steps.values()].filter((step) => drawn.isReached(step.graphNode.id));
  const { goal, exitOn } = graph.settings;
  return [
    ...[...steps.values()].flatMap((step) => jumpProblems(step, found)),
    ...(reached.length === 0 ? [] : unreachable(found)),
    ...findLoopsWithoutEnd(steps, drawn, {
      hasOtherEnd: goal !== null || exitOn.length > 0,
      endsAt: (nodeId) => endsAt(nodeId, found),
    }),
    ...(reached.some((step) => step.type?.family === "message") ? goodEnds(reached, found) : []),
  ];
}

function jumpProblems(read: ReadStep, { steps }: Analysis): Problem[] {
  const step = readable(read);
  const target = step?.type.leadsTo?.(step.config);
  if (target === undefined) return [];
  const nodeId = read.graphNode.id;
  const found = steps.get(target);
  if (!found) return [errorAt("unknown-go-to", { nodeId, field: "nodeId", fix: { kind: "remove-step", nodeId } })];
  return isTrigger(found) ? [errorAt("edge-into-trigger", { nodeId, field: "nodeId" })] : [];
}

const unreachable = ({ steps, drawn }: Analysis): Problem[] =>
  [...steps.keys()]
    .filter((nodeId) => !drawn.isReached(nodeId))
    .map((nodeId) => errorAt("unreachable-step", { nodeId, fix: { kind: "remove-step", nodeId } }));

function handlesOf(nodeId: string, { steps, catalog }: Analysis): Handle[] {
  const step = readable(steps.get(nodeId));
  return step?.type.handles(step.config, catalog) ?? [];
}

/** Whether somebody may leave the flow at this step by itself. */
function endsAt(nodeId: string, found: Analysis): boolean {
  const { steps, drawn } = found;
  const step = readable(steps.get(nodeId));
  // Whoever comes to a step that cannot run leaves there.
  if (!step) return true;
  const connected = new Set(drawn.from(nodeId).map((way) => way.handle));
  const handles = handlesOf(nodeId, found);
  if (handles.length === 0) return step.type.leadsTo === undefined;
  return handles.some(({ id, place }) => (place === "main" || place === "outcome") && !connected.has(id));
}

function goodEnds(reached: ReadStep[], found: Analysis): Problem[] {
  const { graph, catalog } = found;
  const { goal, purpose } = graph.settings;
  const hasGoal = goal !== null || reached.some((step) => step.type?.isGoal);
  const isAgreed = catalog.agreedTo?.includes(purpose) ?? true;
  const isTalk = reached.some(({ graphNode }) => isListening(graphNode.id, found));
  const hasHuman = reached.some((step) => step.type?.pauses);
  return [
    ...(isTalk && !hasHuman ? [warningAt("no-human-exit", { fix: wayToAgent(reached, found) })] : []),
    ...(hasGoal ? [] : [warningAt("no-goal")]),
    ...(isAgreed ? [] : [warningAt("nobody-agreed", { values: { purpose } })]),
  ];
}

/** A person may answer here: the message has buttons, or the flow goes on by what they say. */
function isListening(nodeId: string, found: Analysis): boolean {
  return (
    found.drawn.from(nodeId).some((way) => way.byPerson) ||
    handlesOf(nodeId, found).some((handle) => handle.byPerson && handle.place === "reply")
  );
}

/** The first answer that leads nowhere yet could lead to an agent. */
function wayToAgent(reached: ReadStep[], found: Analysis): Fix | undefined {
  for (const { graphNode } of reached) {
    const { id: nodeId } = graphNode;
    if (!isListening(nodeId, found)) continue;
    const connected = new Set(found.drawn.from(nodeId).map((way) => way.handle));
    const open = handlesOf(nodeId, found).find((handle) => handle.byPerson && !connected.has(handle.id));
    if (open) return addStep("agent", { nodeId, handle: open.id });
  }
}
