import type { ExperimentArm } from "#flow/experiment.ts";
import type { ExperimentPlan } from "#flow/experiment-plan.ts";
import { bestArm } from "../statistics/bandit.ts";
import { criticalZ } from "../statistics/distributions.ts";
import { benjaminiHochberg, holm } from "../statistics/multiple.ts";
import { daysLeft } from "../statistics/power.ts";
import { decideVerdict, type Unhealthy, type Verdict } from "../statistics/verdict.ts";
import type { ShareCheck } from "./check-shares.ts";
import { evenOut } from "./even-out.ts";
import { adjustVariant, type Measured, type MetricReading, readMetric } from "./metric-reading.ts";

/** What a verdict is made of, read from the rows. */
export type Facts = {
  plan: ExperimentPlan;
  /** The baseline first. */
  arms: readonly ExperimentArm[];
  /** The primary metric first. */
  measured: readonly Measured[];
  shares: ShareCheck;
  /** People in more arms than one, of all assigned. */
  strays: number;
  assigned: number;
  /** Whole days since the start. */
  days: number;
  isHoldout: boolean;
  /** Bandit: the chance of each arm to be the best, by update, the newest last. */
  chances: readonly Readonly<Record<string, number>>[];
};

export type Judgement = { verdict: Verdict; metrics: MetricReading[]; unhealthy: Unhealthy[] };

/** From this share of people in several arms on nothing is told. */
const mostStrays = 0.01;
/** A gap of so many points in what could not be delivered makes the arms different audiences. */
const mostDeliveryGap = 0.01;
/** A fixed horizon may end early when nothing could be clearer. */
const clearP = 0.001;

/** Reads all metrics, adjusts them for being several, and says what to do. Pure: the same facts give the same words. */
export function judgeExperiment(facts: Facts): Judgement {
  const metrics = evenedOut(adjusted(facts), facts);
  const unhealthy = sicknesses(facts, metrics);
  return { metrics, unhealthy, verdict: verdictOf(facts, metrics, unhealthy) };
}

/** Holm over the variants of the primary metric, Benjamini and Hochberg over all that is exploratory; guardrails stay sensitive. */
function adjusted(facts: Facts): MetricReading[] {
  const { arms, measured, plan } = facts;
  const readings = measured.map((one) => readMetric(one, { arms, plan }));
  const families = [
    { role: "primary", adjust: holm },
    { role: "secondary", adjust: benjaminiHochberg },
  ] as const;
  for (const { role, adjust } of families) {
    const places = readings.flatMap((reading, at) =>
      reading.role === role ? reading.variants.flatMap(({ p }, nth) => (p === null ? [] : [{ at, nth, p }])) : [],
    );
    const raised = adjust({ p: places.map(({ p }) => p) });
    for (const [index, { at, nth }] of places.entries()) {
      const [reading, one] = [readings[at], measured[at]];
      const variant = reading?.variants[nth];
      if (!reading || !one || !variant) continue;
      const pair = [arms[0]?.id ?? "", variant.arm] as const;
      reading.variants[nth] = adjustVariant(variant, one, { pAdjusted: raised[index] ?? 1, plan }, pair);
    }
  }
  return readings;
}

/** Of a bandit's primary metric no lift is told, so none is evened out. */
function evenedOut(readings: MetricReading[], { measured, arms, plan }: Facts): MetricReading[] {
  return readings.map((reading, at) => {
    const one = measured[at];
    if (!one || (plan.method === "bandit" && reading.role === "primary")) return reading;
    const variants = reading.variants.map((variant) => ({
      ...variant,
      evenedOut: evenOut(one, variant, arms[0]?.id ?? ""),
    }));
    return { ...reading, variants };
  });
}

function sicknesses({ shares, strays, assigned, isHoldout }: Facts, metrics: readonly MetricReading[]): Unhealthy[] {
  const failed = metrics.find(({ metric }) => metric.id === "failed");
  const hasGap = failed?.variants.some(
    ({ standing, difference }) => standing !== "open" && Math.abs(difference ?? 0) > mostDeliveryGap,
  );
  return [
    ...(shares.status === "mismatch" ? (["sample-ratio"] as const) : []),
    ...(strays > assigned * mostStrays ? (["several-arms"] as const) : []),
    // Whom nothing is sent to nothing can be refused for.
    ...(hasGap && !isHoldout ? (["delivery-gap"] as const) : []),
  ];
}

function verdictOf(facts: Facts, metrics: MetricReading[], unhealthy: Unhealthy[]): Verdict {
  const { plan, days, arms } = facts;
  const primary = metrics.find(({ role }) => role === "primary");
  const matured = primary?.arms.reduce((sum, { n }) => sum + n, 0) ?? 0;
  const decided = decideVerdict({
    arms: (primary?.arms ?? []).map(({ n, sum }) => ({
      people: n,
      conversions: primary?.metric.kind === "rate" ? sum : null,
    })),
    unhealthy,
    days,
    plannedEnd: matured >= plan.people && days >= plan.days,
    method: plan.method === "fixed" ? "fixed" : "sequential",
    clear: primary?.variants.every(({ pAdjusted }) => pAdjusted !== null && pAdjusted < clearP) ?? false,
    daysLeft: leftDays(facts, primary, matured),
    isHoldout: facts.isHoldout,
    variants: arms.slice(1).map(({ id }) => ({
      primary: standingsIn(metrics, "primary", id),
      guardrails: standingsIn(metrics, "guardrail", id),
    })),
  });
  const isOpen = decided.state !== "unhealthy" && decided.state !== "not-enough";
  return plan.method === "bandit" && isOpen ? banditVerdict(facts, decided) : decided;
}

const standingsIn = (metrics: readonly MetricReading[], role: MetricReading["role"], arm: string) =>
  metrics.flatMap((one) =>
    one.role === role && one.metric.better !== "neither"
      ? one.variants.flatMap((variant) => (variant.arm === arm ? [variant.standing] : []))
      : [],
  );

/** A bandit gives its people to the better arm, which bends any interval of a lift: it is told by the chances of its updates alone. */
function banditVerdict({ arms, chances, days }: Facts, decided: Verdict): Verdict {
  const history = chances.map((update) => arms.map(({ id }) => update[id] ?? 0));
  const best = bestArm({ history, days });
  if (best === null) return { state: "running", daysLeft: "daysLeft" in decided ? decided.daysLeft : null };
  return best === 0 ? { state: "rollback", arms: arms.slice(1).map((_, at) => at + 1) } : { state: "ship", arm: best };
}

/** Days until the interval is as narrow as planned, and no less than until the plan is through; null when nobody knows. */
function leftDays({ plan, days, assigned }: Facts, primary: MetricReading | undefined, matured: number): number | null {
  const planned = plannedLeft(plan, { days, assigned, matured });
  const widest = primary?.variants.reduce<number | null>((most, { se, reach }) => {
    // Many looks ask for a wider interval, which is as if the error were larger.
    const error = se === null || reach === null ? null : (se * reach) / criticalZ(plan.alpha);
    return error === null ? most : Math.max(most ?? 0, error);
  }, null);
  if (primary?.metric.kind !== "rate" || !widest || days < 1) return planned;
  const target = plan.baseRate * plan.lift;
  const byError = daysLeft({ se: widest, target, days, alpha: plan.alpha, power: plan.power });
  return byError === null ? planned : Math.min(byError, planned ?? byError);
}

function plannedLeft(
  { people, days: plannedDays }: ExperimentPlan,
  { days, assigned, matured }: { days: number; assigned: number; matured: number },
): number | null {
  const perDay = days > 0 ? assigned / days : 0;
  if (matured >= people) return Math.max(0, plannedDays - days);
  if (perDay === 0) return null;
  return Math.max(plannedDays - days, Math.ceil((people - matured) / perDay));
}
