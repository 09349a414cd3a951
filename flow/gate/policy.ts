import { z } from "zod";
import { ClockTime, Purpose } from "../graph.ts";
import { localMoment } from "../local-time.ts";
import type { ConsentRules } from "./consent.ts";
import { readWord } from "./opt-out.ts";

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

const mostWords = 200;

/** Whole messages that act on consent: STOP and START are always among them, since WhatsApp and the law expect them. */
const wordsWith = (always: string) =>
  z
    .array(z.string().trim().min(1).max(40))
    .max(mostWords)
    .refine((words) => words.every((word) => readWord(word) !== ""), "A word has at least one letter or digit")
    .refine((words) => words.some((word) => readWord(word) === always), `${always} is always one of these words`);

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
    /** For how many months a consent without an end of its own holds; null: until it is withdrawn. */
    consentMonths: z.int().min(1).max(120).nullable(),
    /** Consents given before this day are none any more, since the wording was another one; null: all count. */
    consentSince: z.iso.date().nullable(),
    /** Wordings whose consents count no more, by their short names: who agreed to one of these words has to be asked again. */
    consentRetired: z
      .array(z.string().regex(/^[0-9a-f]{12}$/))
      .max(200)
      .refine((all) => new Set(all).size === all.length, "A wording is named twice"),
    /** Classes of messages that leave without a consent; STOP and a withdrawal hold for them, too. */
    consentExempt: z
      .array(Purpose)
      .max(3)
      .refine((all) => !all.includes("marketing"), "Marketing always needs a consent"),
    /** Whole messages that end all messages, and those that take it back; null: the usual ones (opt-out.ts). */
    stopWords: wordsWith("STOP").nullable(),
    startWords: wordsWith("START").nullable(),
    on: z.strictObject({ cap: AnswerToNo, quietHours: AnswerToNo, budget: AnswerToNo }),
  })
  .refine(({ capPerDay, rollingCap }) => !rollingCap || rollingCap.most >= capPerDay, {
    error: "The cap for several days is smaller than the one for a day",
    path: ["rollingCap", "most"],
  })
  .refine(
    ({ stopWords, startWords }) =>
      !(stopWords ?? []).some((word) => (startWords ?? []).map(readWord).includes(readWord(word))),
    {
      error: "A word cannot both end messages and take it back",
      path: ["startWords"],
    },
  );
export type SendPolicy = z.infer<typeof SendPolicy>;

/** What the policy asks of consents; a day begins by the workspace's clock. */
export const consentRulesOf = (
  policy: Pick<SendPolicy, "consentMonths" | "consentSince" | "consentRetired" | "consentExempt">,
  zone: string,
): ConsentRules => ({
  exempt: policy.consentExempt,
  months: policy.consentMonths,
  since: policy.consentSince === null ? null : localMoment(policy.consentSince, "00:00", zone),
  retired: policy.consentRetired,
});
export type Answers = SendPolicy["on"];

export const usualAnswers: Answers = { cap: "handle", quietHours: "later", budget: "later" };
