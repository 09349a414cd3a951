import { z } from "zod";
import { ClockTime } from "../graph.ts";

/**
 * What becomes of a message to which a rule says no for now: it leaves later, it is dropped and the person goes on as if it had been
 * sent, or it is dropped and the person leaves the step by its "blocked" handle.
 */
export const answersToNo = ["later", "drop", "handle"] as const;
const AnswerToNo = z.enum(answersToNo);
export type AnswerToNo = z.infer<typeof AnswerToNo>;

/** Published limits (docs/limits.md). */
export const longestCapWindowDays = 31;
const mostPerDay = 50;

const Hours = z.strictObject({ from: ClockTime, to: ClockTime });

/** A workspace's rules for what leaves; the flow's own hours come on top. */
export const SendPolicy = z
  .strictObject({
    capPerDay: z.int().min(1).max(mostPerDay),
    /** At most so many within so many local days, today among them. */
    rollingCap: z
      .strictObject({
        days: z.int().min(2).max(longestCapWindowDays),
        most: z
          .int()
          .min(1)
          .max(mostPerDay * longestCapWindowDays),
      })
      .nullable(),
    /** Equal times: none. */
    quietHours: Hours,
    /** For messages that chase a debt; 1 is Monday. */
    collections: z.strictObject({
      hours: Hours.refine(({ from, to }) => from < to, { error: "These hours end before they begin", path: ["to"] }),
      days: z
        .array(z.int().min(1).max(7))
        .min(1)
        .max(7)
        .refine((days) => new Set(days).size === days.length, "A day is named twice"),
    }),
    /** A month's, in millionths of the currency. */
    budget: z.strictObject({ micros: z.int().min(0).max(1e15), currency: z.string().length(3) }).nullable(),
    /** For how many months a consent given on the public page holds; null: until it is withdrawn. */
    consentMonths: z.int().min(1).max(120).nullable(),
    on: z.strictObject({ cap: AnswerToNo, quietHours: AnswerToNo, budget: AnswerToNo }),
  })
  .refine(({ capPerDay, rollingCap }) => !rollingCap || rollingCap.most >= capPerDay, {
    error: "The cap for several days is smaller than the one for a day",
    path: ["rollingCap", "most"],
  });
export type SendPolicy = z.infer<typeof SendPolicy>;
export type Answers = SendPolicy["on"];

export const usualAnswers: Answers = { cap: "handle", quietHours: "later", budget: "later" };
