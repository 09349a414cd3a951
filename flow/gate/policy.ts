import type { Hours } from "./quiet-hours.ts";

/**
 * What becomes of a message to which a rule says no for now: it leaves later, it is dropped and the person goes on as if it had been
 * sent, or it is dropped and the person leaves the step by its "blocked" handle.
 */
export const answersToNo = ["later", "drop", "other-way"] as const;
export type AnswerToNo = (typeof answersToNo)[number];

/** A workspace's rules for what leaves; the flow's own hours come on top. */
export type SendPolicy = {
  capPerDay: number;
  /** At most so many within so many local days, today among them. */
  rollingCap: { days: number; most: number } | null;
  quietHours: Hours | null;
  collections: { hours: Hours; days: readonly number[] };
  /** A month's, in millionths of the currency. */
  budget: { micros: number; currency: string } | null;
  on: Answers;
};

export type Answers = Record<"cap" | "quietHours" | "budget", AnswerToNo>;

export const usualAnswers: Answers = { cap: "other-way", quietHours: "later", budget: "later" };

/** Published limits (docs/limits.md). */
export const longestCapWindowDays = 31;
