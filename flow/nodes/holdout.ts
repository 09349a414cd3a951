import { z } from "zod";
import { bucket } from "../bucket.ts";
import { defineNode } from "../define-node.ts";
import { heldOutArm, holdoutArms, treatedArm } from "../experiment.ts";
import { mayHoldOut } from "../holdout.ts";

const config = z.strictObject({
  /** Salt of the hash, and its own: the same name keeps the same people out in every flow, whatever their A/B tests say. */
  name: z.string().min(1).max(100).meta({ field: "text", label: "name" }),
  /** Percent of people, to a tenth. */
  percent: z.number().min(0).max(90).multipleOf(0.1).meta({ field: "number", label: "percent" }),
});

/** Keeps a random share of people out, always the same ones, so that what they do without the flow can be compared. */
export const holdout = defineNode({
  type: "holdout",
  family: "logic",
  icon: "shield-off",
  config,
  initial: () => ({ name: "holdout", percent: 10 }),
  handles: () => [
    { id: treatedArm, place: "main" },
    { id: heldOutArm, place: "quiet", label: ["holdout.heldOut"] },
  ],
  summary: ({ percent }) => ["holdout.summary", { percent }],
  problems: (_, __, { purpose }) => (mayHoldOut(purpose) ? [] : [{ rule: "holdout-of-alerts" }]),
  assigns: ({ name, percent }) => ({ key: keyOf(name), kind: "holdout", arms: holdoutArms(percent) }),
  enter: ({ name, percent }, { contact, experiments, isConnected, nodeId, settings, visit }) => {
    if (!mayHoldOut(settings.purpose)) return { move: { leaveBy: treatedArm } };
    const [experiment, at] = [keyOf(name), bucket(keyOf(name), contact.id)];
    const drawn = Math.round(at * 10_000) < Math.round(percent * 100) ? heldOutArm : treatedArm;
    const arm = experiments.get(experiment)?.arm ?? drawn;
    const isHeldOut = arm === heldOutArm;
    return {
      effects: [{ kind: "assign", visit, nodeId, experiment, arm }],
      detail: { bucket: at, heldOut: isHeldOut },
      move: isHeldOut && !isConnected(heldOutArm) ? { end: "held-out" } : { leaveBy: arm },
    };
  },
});

/** Its own salt: a split of the same name draws other people. */
const keyOf = (name: string): string => `holdout:${name}`;
