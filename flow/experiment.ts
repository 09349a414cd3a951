import type { CompiledFlow } from "./compile.ts";
import { mayHoldOut } from "./holdout.ts";

/** One way that people are sent by chance; `weight` in percent. */
export type ExperimentArm = { id: string; name: string; weight: number };

export const experimentKinds = ["split", "holdout"] as const;
export type ExperimentKind = (typeof experimentKinds)[number];

/** What a step says of the experiment it assigns people in: its name, and its arms, the one that all others are compared with first. */
export type Assigning = { key: string; kind: ExperimentKind; arms: ExperimentArm[] };

/** How an experiment stands when a person moves; read by the host and passed in. */
export type Standing = {
  /** The arm that the person has had from the first time on; null: they are new to it. */
  arm: string | null;
  /** Percent by arm, in place of those that are drawn: a bandit has moved them. Null: those that are drawn. */
  weights: Readonly<Record<string, number>> | null;
};

/** By the experiment's key. Whoever knows of none lets chance alone decide. */
export type Standings = ReadonlyMap<string, Standing>;

/** The two arms of any holdout. Those kept out are the baseline. */
export const heldOutArm = "held-out";
export const treatedArm = "next";

export const holdoutArms = (percent: number): ExperimentArm[] => [
  { id: heldOutArm, name: heldOutArm, weight: percent },
  { id: treatedArm, name: treatedArm, weight: 100 - percent },
];

/** The experiments of a flow by their key, each with the step that assigns; of two steps with one key the first counts. */
export function experimentsOf({ nodes, settings, trigger }: CompiledFlow): (Assigning & { nodeId: string })[] {
  const found = new Map<string, Assigning & { nodeId: string }>();
  const { holdout, purpose } = settings;
  if (holdout && trigger && mayHoldOut(purpose)) {
    const arms = holdoutArms(holdout.percent);
    found.set(holdout.salt, { key: holdout.salt, kind: "holdout", arms, nodeId: trigger.nodeId });
  }
  for (const { id: nodeId, node, config } of nodes.values()) {
    const assigning = node?.assigns?.(config);
    if (assigning && !found.has(assigning.key)) found.set(assigning.key, { ...assigning, nodeId });
  }
  return [...found.values()];
}
