import { bucket } from "./bucket.ts";
import type { CompiledFlow, CompiledNode } from "./compile.ts";
import type { EnrollmentState } from "./enrollment.ts";
import type { MoveStep } from "./move-plan.ts";
import {
  type Advanced,
  askStep,
  contextOf,
  finishRun,
  leave,
  note,
  type Run,
  runSteps,
  startRun,
  type World,
} from "./run-steps.ts";
import { stopEnrollment } from "./stop-enrollment.ts";

/** `flow` is the version people come to. */
type Moving = World & {
  /** The version they stand on; null: it cannot be read, and a step of the same name counts as the same. */
  before: CompiledFlow | null;
  enrollment: EnrollmentState;
  step: MoveStep;
  spreadMinutes: number;
};

/**
 * Brings one waiting person to another version of their flow, or out of it. Pure and total, as `advance` is. Whoever goes on at the
 * same step keeps the visit: nothing is done a second time, and the wait ends when it would have, had the new settings held from its
 * beginning. Waits that are over by that end within the spread, each person's at a moment of their own. At another step the person
 * arrives as by an edge. Who is told to stay, or whose step the new version lacks, is given back as they are.
 */
export function moveEnrollment(moving: Moving): Advanced {
  const { flow, enrollment, step, contact, now } = moving;
  const unchanged: Advanced = { enrollment, effects: [], trace: [], contact };
  if (enrollment.status === "ended" || step.act === "keep") return unchanged;
  if (step.act === "exit") return { ...unchanged, ...stopEnrollment(enrollment, { now, by: "publish" }) };
  const target = flow.nodes.get(step.to ?? "");
  if (!target) return unchanged;
  const run = startRun(moving, enrollment);
  const from = enrollment.nodeId ?? "";
  if (isSameStep(moving, target)) stay(run, target, moving);
  else {
    note(run, "moved", target.id, null, { from });
    runSteps(run, target.id);
  }
  return finishRun(run);
}

function isSameStep({ before, enrollment }: Moving, target: CompiledNode): boolean {
  if (target.id !== enrollment.nodeId) return false;
  return !before || before.nodes.get(target.id)?.node?.type === target.node?.type;
}

/** The step is asked what it would have said when the person came to it; what it wants done has been done. */
function stay(run: Run, target: CompiledNode, { enrollment, spreadMinutes, contact, now }: Moving): void {
  const { wait, nodeId } = enrollment;
  const since = wait?.since ?? now;
  const asOfThen = { ...contextOf(run, target, enrollment.visit), now: since };
  const answer = askStep(target, () => target.node?.enter(target.config, asOfThen));
  const move = answer?.move ?? { wait: { wakeAt: null } };
  if ("leaveBy" in move && (answer?.effects?.length ?? 0) > 0) {
    note(run, "moved", target.id, null, { from: nodeId });
    runSteps(run, leave(run, target, move.leaveBy, { by: "publish" }));
    return;
  }
  const wakeAt = "wait" in move ? move.wait.wakeAt : "end" in move ? (wait?.wakeAt ?? null) : now;
  const isOver = wakeAt !== null && wakeAt <= now;
  const wasOver = typeof wait?.wakeAt === "number" && wait.wakeAt <= now;
  const spreadTo = now + Math.floor(bucket("publish-spread", contact.id) * spreadMinutes * 60_000);
  const until = isOver && !wasOver ? spreadTo : wakeAt;
  run.state.wait = { wakeAt: until, since };
  note(run, "moved", target.id, null, { from: nodeId, ...(until !== null && { until }), ...(isOver && { isOver }) });
}
