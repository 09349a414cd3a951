import { addDays } from "#flow/local-time.ts";
import { holm } from "../statistics/multiple.ts";
import { leastData } from "../statistics/verdict.ts";
import type { Facts } from "./judge-experiment.ts";
import { type Measured, readMetric } from "./metric-reading.ts";

/** The primary metric as it stood at the end of a day, with everybody whose window was over by then. */
export type CoursePoint = {
  /** The day on which it stood so. */
  day: string;
  variants: {
    arm: string;
    lift: number | null;
    liftCi: [number | null, number | null];
    difference: number | null;
    ci: [number | null, number | null];
  }[];
};

export type Course = { points: CoursePoint[]; decided: { day: string; arm: string; isBetter: boolean } | null };

const dayMs = 86_400_000;

/**
 * How the primary metric went day by day, and when its interval first left zero with enough people behind it. Once left it stays decided,
 * whatever comes: the interval holds at all days together.
 */
export function courseOf({ measured, arms, plan }: Facts): Course {
  const [primary] = measured;
  if (!primary) return { points: [], decided: null };
  const days = daysOf(primary);
  const waits = Math.ceil(primary.windowHours / 24);
  let decided: Course["decided"] = null;
  const points = days.map((until): CoursePoint => {
    const reading = readMetric(primary, { arms, plan }, until);
    const day = addDays(until, waits);
    const hasEnough = reading.arms.every(
      ({ n, sum }) => n >= leastData.people && (primary.metric.kind !== "rate" || sum >= leastData.conversions),
    );
    const isOldEnough = daysBetween(days[0] ?? until, day) >= leastData.days;
    const raised = holm({ p: reading.variants.map(({ p }) => p ?? 1) });
    const left = reading.variants.find(({ standing }, at) => standing !== "open" && (raised[at] ?? 1) < plan.alpha);
    if (plan.method === "sequential" && !decided && left && hasEnough && isOldEnough)
      decided = { day, arm: left.arm, isBetter: left.standing === "won" };
    return {
      day,
      variants: reading.variants.map(({ arm, lift, liftCi, difference, ci }) => ({
        arm,
        lift,
        liftCi,
        difference,
        ci,
      })),
    };
  });
  return { points, decided };
}

/** Every day from the first to the last on which somebody was assigned who has had their time. */
function daysOf({ rows }: Measured): string[] {
  const seen = rows.map(({ day }) => day).toSorted();
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return [];
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => addDays(first, at));
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
