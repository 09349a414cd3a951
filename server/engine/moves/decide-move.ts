import type { CompiledFlow } from "#flow/compile.ts";
import type { Standings } from "#flow/experiment.ts";
import { moveEnrollment } from "#flow/move-enrollment.ts";
import { moveStepOf } from "#flow/move-plan.ts";
import type { Advanced } from "#flow/run-steps.ts";
import type { LiveFlow } from "../signals/flow-cache.ts";
import type { LiveEnrollment, Person } from "../signals/load-people.ts";
import type { Outcome } from "../signals/outcome.ts";

type World = { compiled: (versionId: string) => CompiledFlow | null; now: number };
type Asked = {
  live: LiveFlow;
  enrollment: LiveEnrollment;
  person: Person;
  experiments: Standings;
  isAskedAgain: boolean;
};
type Counts = { moveId: string; what: "moved" | "exited" };

/**
 * What the open move of a flow has for one person who waits in it; null: nothing, or it has been decided before. Asked before any signal
 * is applied, so whoever is faster, the sweep or the person, goes by the plan for the step on which they stood when it was published,
 * and once. Marks the enrollment as asked.
 */
export function decideMove(
  { compiled, now }: World,
  { live, enrollment, person, experiments, isAskedAgain }: Asked,
): (Advanced & { versionId: string; counts: Counts }) | null {
  const { move } = live;
  if (!move || enrollment.versionId === live.versionId) return null;
  if (enrollment.moveId === move.id && !isAskedAgain) return null;
  enrollment.moveId = move.id;
  const step = moveStepOf(move.plan, enrollment.versionId, enrollment.state.nodeId ?? "");
  const flow = compiled(live.versionId);
  if (!step || step.act === "keep" || !flow) return null;
  const { spreadMinutes } = move.plan;
  const { facts: contact, workspaceTimezone } = person;
  const before = compiled(enrollment.versionId);
  const world = { flow, before, contact, now, workspaceTimezone, experiments };
  const advanced = moveEnrollment({ ...world, enrollment: enrollment.state, step, spreadMinutes });
  if (advanced.enrollment === enrollment.state) return null;
  const hasLeft = step.act === "exit";
  return {
    ...advanced,
    versionId: hasLeft ? enrollment.versionId : live.versionId,
    counts: { moveId: move.id, what: hasLeft ? "exited" : "moved" },
  };
}

export function countMove({ moves }: Outcome, { moveId, what }: Counts): void {
  const sums = moves.get(moveId) ?? { moved: 0, exited: 0 };
  moves.set(moveId, { ...sums, [what]: sums[what] + 1 });
}
