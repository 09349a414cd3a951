import { z } from "zod";

/** How a verdict is reached: at any look, at the planned end only, or by weights that follow the better arm. */
export const experimentMethods = ["sequential", "fixed", "bandit"] as const;
export type ExperimentMethod = (typeof experimentMethods)[number];

/** One measure of an experiment; `metric` is an id of flow/metric.ts, or `custom:` and the id of one that the workspace made. */
export const MeasureChoice = z.strictObject({
  metric: z.string().min(1).max(60),
  /** What happens later than this after the assignment does not count. */
  windowHours: z.number().int().min(1).max(2160),
});
export type MeasureChoice = z.infer<typeof MeasureChoice>;

/** `margin`: so many points may be lost at most (0.001 is 0.1 of a percentage point); only an interval that ends before it excludes harm. */
export const Guardrail = z.strictObject({ ...MeasureChoice.shape, margin: z.number().gt(0).max(1) });

/** What is promised before anybody is assigned. Nothing of it changes once the experiment runs. */
export const ExperimentPlan = z.strictObject({
  hypothesis: z.string().trim().max(600),
  primary: MeasureChoice,
  secondary: z.array(MeasureChoice).max(8),
  guardrails: z.array(Guardrail).max(6),
  method: z.enum(experimentMethods),
  /** Chance of a false winner. */
  alpha: z.number().gt(0).max(0.2),
  power: z.number().min(0.5).max(0.99),
  /** The rate of the baseline as it is believed to be, and the smallest lift worth acting on: 0.04 and 0.2 are 4.0 to 4.8 %. */
  baseRate: z.number().gt(0).lt(1),
  lift: z.number().gt(0).max(10),
  /** People of all arms together, and days; both have to be reached. */
  people: z.number().int().min(100).max(100_000_000),
  days: z.number().int().min(7).max(365),
});
export type ExperimentPlan = z.infer<typeof ExperimentPlan>;

/** The guardrail that is always on: who writes STOP is lost for every flow. */
export const optOutGuardrail = { metric: "opt-out", windowHours: 168, margin: 0.001 } as const;

/**
 * Whoever publishes without a plan has this one. Sizes as gbstats takes them when nothing was said. Who is held out gets nothing that could
 * fail, so that every message sent would look like harm: a holdout is guarded by opt-outs alone.
 */
export const usualPlan = (primary: MeasureChoice, kind: "split" | "holdout" = "split"): ExperimentPlan => ({
  hypothesis: "",
  primary,
  secondary: [],
  guardrails: [
    { ...optOutGuardrail },
    ...(kind === "split" ? [{ metric: "failed", windowHours: 72, margin: 0.01 }] : []),
  ],
  method: "sequential",
  alpha: 0.05,
  power: 0.8,
  baseRate: 0.1,
  lift: 0.2,
  people: 5_000,
  days: 28,
});

/**
 * What holds when nobody plans: the flow's goal decides, and without one an answer. Who is held out gets nothing that they could answer or
 * that could fail, so a holdout is measured by the goal alone.
 */
export function unplanned({ kind, hasGoal }: { kind: "split" | "holdout"; hasGoal: boolean }): ExperimentPlan {
  if (kind === "split" && !hasGoal) return usualPlan({ metric: "reply", windowHours: 72 });
  return usualPlan({ metric: "conversion", windowHours: 168 }, kind);
}
