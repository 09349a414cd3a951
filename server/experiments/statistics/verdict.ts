/** How one arm stands against the baseline in one measure, turned so that "won" is always good. */
export type Standing = "won" | "lost" | "open";

/** The states of an experiment, and what is still missing where something is. */
export type Verdict =
  | { state: "not-enough"; missing: "people" | "conversions" | "days" }
  | { state: "unhealthy"; reasons: Unhealthy[] }
  | { state: "running"; daysLeft: number | null }
  | { state: "ship"; arm: number }
  | { state: "rollback"; arms: number[] }
  | { state: "review"; reason: "no-clear-winner" | "several-winners" | "weigh" };

export type Unhealthy = "sample-ratio" | "several-arms" | "delivery-gap";

/** Below these no verdict is shown: the always-valid interval is an approximation for many people. */
export const leastData = { people: 100, conversions: 10, days: 7 };

type VariantFacts = { primary: Standing[]; guardrails: Standing[] };

export type VerdictFacts = {
  /** Every arm with the baseline: people matured, conversions of the primary metric (null where it is not a count). */
  arms: { people: number; conversions: number | null }[];
  unhealthy: Unhealthy[];
  /** Days since the start. */
  days: number;
  /** Whether the planned end (people and days) is reached. */
  plannedEnd: boolean;
  /** Whether the interval holds at every look, or only at the planned end. */
  method: "sequential" | "fixed";
  /** At a fixed end a result this clear may end it early: p below 0.001 everywhere. */
  clear: boolean;
  daysLeft: number | null;
  /** The baseline gets nothing: what only a message can do (an opt-out, a failure) never happens there. */
  isHoldout: boolean;
  /** The variants in order, without the baseline. */
  variants: VariantFacts[];
};

type Stand = "ship" | "weigh" | "rollback" | "open";

function standOf({ primary, guardrails }: VariantFacts, isHoldout: boolean): Stand {
  if (primary.includes("lost")) return "rollback";
  const hasWon = primary.length > 0 && primary.every((standing) => standing === "won");
  if (guardrails.includes("lost")) return hasWon && isHoldout ? "weigh" : "rollback";
  return hasWon ? "ship" : "open";
}

/**
 * What to do with an experiment. Sick data say nothing; then too little data; then a loser is told at once, a winner when its method
 * allows it: always with the sequential one, at the planned end (or when very clear) with the fixed one.
 * Ship: all primary metrics won and no guardrail lost, and every other variant out. Rollback: a guardrail or the primary lost in
 * every variant. Weigh: a flow won against its holdout and cost opt-outs, which it alone can: a price, no loser. The rest at the planned
 * end is for people to review.
 */
export function decideVerdict(facts: VerdictFacts): Verdict {
  if (facts.unhealthy.length > 0) return { state: "unhealthy", reasons: facts.unhealthy };
  const missing = missingData(facts);
  if (missing) return { state: "not-enough", missing };
  const mayTell = facts.method === "sequential" || facts.plannedEnd || facts.clear;
  const stands = facts.variants.map((variant) => standOf(variant, facts.isHoldout));
  const ships = stands.flatMap((standing, at) => (standing === "ship" ? [at + 1] : []));
  if (mayTell && stands.length > 0 && stands.every((standing) => standing === "rollback"))
    return { state: "rollback", arms: stands.map((_, at) => at + 1) };
  const [only] = ships;
  const othersOut = stands.every((standing) => standing !== "open");
  if (mayTell && only !== undefined && ships.length === 1 && othersOut) return { state: "ship", arm: only };
  if (mayTell && stands.includes("weigh")) return { state: "review", reason: "weigh" };
  if (mayTell && ships.length > 1) return { state: "review", reason: "several-winners" };
  if (facts.plannedEnd) return { state: "review", reason: "no-clear-winner" };
  return { state: "running", daysLeft: facts.daysLeft };
}

function missingData({ arms, days }: VerdictFacts): "people" | "conversions" | "days" | null {
  if (arms.some(({ people }) => people < leastData.people)) return "people";
  if (arms.some(({ conversions }) => conversions !== null && conversions < leastData.conversions)) return "conversions";
  return days < leastData.days ? "days" : null;
}

/**
 * How an interval of variant minus baseline reads. `margin` is what a guardrail may lose at most (0.001 = 0.1 points): only an
 * interval that ends before it excludes harm; that none was found is not safety.
 */
export function standingOf(ci: [number | null, number | null], lowerIsBetter: boolean): Standing {
  const [low, high] = ci;
  if (low === null || high === null || (low <= 0 && high >= 0)) return "open";
  return low > 0 === lowerIsBetter ? "lost" : "won";
}

/** Whether harm beyond the margin is excluded. */
export function isHarmExcluded(ci: [number | null, number | null], lowerIsBetter: boolean, margin: number): boolean {
  const [low, high] = ci;
  if (low === null || high === null) return false;
  return lowerIsBetter ? high < margin : low > -margin;
}
