import { z } from "zod";
import { type Json, readPath } from "./json.ts";
import { type Money, readMoney } from "./money.ts";
import { RulePath } from "./rule.ts";

/**
 * Published limit (docs/limits.md): a larger amount counts as unknown. Sums of a day stay whole numbers in the database whatever a
 * system sends.
 */
export const mostGoalMinor = 10_000_000_000_000;

/** Where the event that reaches a goal says what that was worth: an amount in minor units, and its currency or the path to it. */
export const GoalValue = z
  .strictObject({
    path: RulePath,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "A currency reads like EUR")
      .optional(),
    currencyPath: RulePath.optional(),
  })
  .refine(({ currency, currencyPath }) => currency !== undefined || currencyPath !== undefined, {
    error: "Say which currency the amount is in",
    path: ["currency"],
  });
export type GoalValue = z.infer<typeof GoalValue>;

/** What reaching a goal brought, by the facts of that moment. Null: they do not say, or it is below nothing or beyond the limit. Pure. */
export function readGoalValue({ path, ...currency }: GoalValue, facts: Json): Money | null {
  const money = readMoney(readPath(facts, path), currency, facts);
  return money && money.amountMinor >= 0 && money.amountMinor <= mostGoalMinor ? money : null;
}
