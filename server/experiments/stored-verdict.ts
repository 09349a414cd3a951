import type { StoredVerdict } from "#db/schema/index.ts";
import type { Facts, Judgement } from "./judge/judge-experiment.ts";

/** What a list says of an experiment: the verdict, and the rates of the baseline and of the arm it speaks of. */
export function storedVerdict({ arms, assigned }: Facts, { verdict, metrics }: Judgement): StoredVerdict {
  const primary = metrics.find(({ role }) => role === "primary");
  const at = verdict.state === "ship" ? verdict.arm : verdict.state === "rollback" ? (verdict.arms[0] ?? 1) : 1;
  const [baseline, arm] = [primary?.arms[0]?.value ?? null, primary?.arms[at]?.value ?? null];
  return {
    state: verdict.state,
    arm: verdict.state === "ship" || verdict.state === "rollback" ? (arms[at]?.id ?? null) : null,
    rates: primary?.metric.kind === "rate" && baseline !== null && arm !== null ? [baseline, arm] : null,
    people: assigned,
    daysLeft: verdict.state === "running" ? verdict.daysLeft : null,
  };
}
