import { z } from "zod";
import { armFor, bucket } from "../bucket.ts";
import { defineNode } from "../define-node.ts";

const Arm = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(60),
  /** Whole percent. */
  weight: z.number().int().min(0).max(100),
});

const config = z.strictObject({
  /** Salt of the hash: the same experiment id gives a person the same arm everywhere. */
  experimentId: z.string().min(1).max(100).meta({ field: "text", label: "experimentId" }),
  arms: z.array(Arm).min(2).max(8).meta({ field: "arms", label: "arms" }),
});

/**
 * A/B split: by hash of contact and experiment (GrowthBook hash version 2) at the first time, and the same arm ever after; the handle
 * taken is the assignment.
 */
export const split = defineNode({
  type: "split",
  family: "logic",
  icon: "flask-conical",
  config,
  initial: (stepId) => ({
    // The same salt in two flows would give a person the same side in both, and neither could tell what the other did.
    experimentId: stepId ? `experiment-${stepId.slice(-6)}` : "experiment",
    arms: [
      { id: "a", name: "A", weight: 50 },
      { id: "b", name: "B", weight: 50 },
    ],
  }),
  handles: ({ arms }) => arms.map((arm) => ({ id: arm.id, place: "outcome", text: `${arm.name} ${arm.weight} %` })),
  summary: ({ arms }) => ["split.summary", { arms: arms.map((arm) => `${arm.name} ${arm.weight} %`).join(" / ") }],
  problems: ({ arms }) => [
    ...(arms.reduce((total, arm) => total + arm.weight, 0) === 100
      ? []
      : [{ rule: "weights-add-up", field: "arms", mend: { data: { arms: scaled(arms) } } }]),
    ...(new Set(arms.map((arm) => arm.id)).size === arms.length ? [] : [{ rule: "branch-ids-differ", field: "arms" }]),
  ],
  assigns: ({ experimentId, arms }) => ({ key: experimentId, kind: "split", arms }),
  enter: ({ experimentId, arms }, { contact, experiments, nodeId, visit }) => {
    const at = bucket(experimentId, contact.id);
    const standing = experiments.get(experimentId);
    const had = arms.find(({ id }) => id === standing?.arm);
    const arm = had ?? armFor(at, weighed(arms, standing?.weights));
    if (!arm) return { move: { end: "broken-step" } };
    return {
      effects: [{ kind: "assign", visit, nodeId, experiment: experimentId, arm: arm.id }],
      detail: { arm: arm.name, bucket: at, ...(had && { kept: true }) },
      move: { leaveBy: arm.id },
    };
  },
});

/** The shares that a bandit has given the arms, in place of those that are drawn. */
const weighed = (arms: z.infer<typeof Arm>[], weights: Readonly<Record<string, number>> | null | undefined) =>
  weights ? arms.map((arm) => ({ ...arm, weight: weights[arm.id] ?? 0 })) : arms;

/** The same shares of a hundred; what rounding leaves over goes to the first. Without any, all get the same. */
function scaled(arms: z.infer<typeof Arm>[]): z.infer<typeof Arm>[] {
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0);
  const shared = arms.map((arm) => ({
    ...arm,
    weight: Math.floor(total === 0 ? 100 / arms.length : (arm.weight * 100) / total),
  }));
  const rest = 100 - shared.reduce((sum, arm) => sum + arm.weight, 0);
  return shared.map((arm, index) => (index === 0 ? { ...arm, weight: arm.weight + rest } : arm));
}
