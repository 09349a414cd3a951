import type { EndReason, StartedBy } from "#flow/enrollment.ts";
import { matchOpening } from "#flow/match-trigger.ts";
import { deepestRun, mostRuns, outcomeOf, runEventName } from "#flow/run-event.ts";
import { StepError } from "#flow/run-steps.ts";
import type { FlowEvent, Signal } from "#flow/signal.ts";
import { newId } from "#server/id.ts";
import { type Batch, enrollmentsOf } from "./batch.ts";
import type { LiveEnrollment, Person } from "./load-people.ts";
import { openFlow } from "./open-flow.ts";
import type { EffectOf } from "./outcome.ts";
import type { Work } from "./work.ts";

/** Something that follows for another enrollment of the same person: a step runs a flow, or a flow that a step ran has ended. */
export type FollowUp =
  | { kind: "run"; parent: LiveEnrollment; effect: EffectOf<"run-flow"> }
  | { kind: "ended"; startedBy: StartedBy; reason: EndReason };

type News = Pick<Extract<Signal, { kind: "flow" }>, "visit" | "outcome" | "reason">;
type Around = { work: Work; person: Person; tell: (work: Work, enrollment: LiveEnrollment) => void };

/**
 * Starts the flows that steps run, and tells the steps that wait for them what became of them: one after another, in the same batch,
 * until nothing follows. A step always hears something, so that nobody stands there because the other flow cannot be entered.
 */
export function followUp(batch: Batch, around: Around): void {
  let runs = 0;
  for (let next = batch.followUps.shift(); next; next = batch.followUps.shift()) {
    if (next.kind === "ended") {
      const { startedBy, reason } = next;
      tell(batch, startedBy.enrollmentId, { visit: startedBy.visit, outcome: outcomeOf(reason), reason }, around);
      continue;
    }
    runs += 1;
    const { parent, effect } = next;
    const refusal = runs > mostRuns ? "limit" : start(batch, next, around);
    const outcome = refusal === null ? "started" : "not-started";
    tell(batch, parent.id, { visit: effect.visit, outcome, reason: refusal }, around);
  }
}

function tell(batch: Batch, enrollmentId: string, news: News, { work, person, tell: give }: Around): void {
  const told = enrollmentsOf(batch, person.facts.id).find(({ id }) => id === enrollmentId);
  if (told?.state.status === "waiting") give(onItsOwn(work, told.id, { kind: "flow", ...news }), told);
}

/** What follows from a work is crossed off with it. */
const onItsOwn = (work: Work, enrollmentId: string | null, signal: Signal): Work => ({
  ...work,
  source: "timer",
  sequence: 0,
  enrollmentId,
  signal,
  onlyFlowId: null,
  attempts: 0,
});

/** Answers why the flow was not started; null: it was. */
function start(batch: Batch, { parent, effect }: Extract<FollowUp, { kind: "run" }>, around: Around): string | null {
  const { work, person } = around;
  const depth = (parent.state.startedBy?.depth ?? 0) + 1;
  if (depth > deepestRun) return "too-deep";
  // A batch knows the flows of all its people's workspaces.
  const live = batch.flows.find(({ id, workspaceId }) => id === effect.flowId && workspaceId === person.workspaceId);
  if (live?.status !== "active") return live?.status ?? "not-published";
  const event = runEvent(effect, batch.now);
  try {
    const flow = batch.compiled(live.versionId);
    const match = flow ? matchOpening(flow, event, person.facts) : null;
    if (!flow || !match) return "unreadable";
    if ("refused" in match) return match.refused;
    const startedBy = { enrollmentId: parent.id, visit: effect.visit, depth };
    if (!openFlow(batch, { live, flow, person, event, key: match.key, startedBy })) return "re-entry";
  } catch (error) {
    const nodeId = error instanceof StepError ? error.nodeId : null;
    const failed = onItsOwn(work, null, { kind: "event", event });
    batch.outcome.failed.push({ work: failed, enrollment: null, flowId: live.id, nodeId, error });
    return "failed";
  }
  batch.outcome.runs.push({ parent, visit: effect.visit, event });
  return null;
}

const runEvent = ({ flowId, properties }: EffectOf<"run-flow">, now: number): FlowEvent => ({
  id: newId(),
  name: runEventName,
  properties: { ...properties, flowId },
  at: now,
});
