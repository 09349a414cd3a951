import { z } from "zod";
import { RulePath } from "./rule.ts";

/** How a value is written into a message. Amounts are in minor units (1050 = 10.50) with the currency read from `currencyPath`. */
export const Formatter = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text") }),
  z.strictObject({ kind: z.literal("upper") }),
  z.strictObject({ kind: z.literal("capitalize") }),
  z.strictObject({ kind: z.literal("number") }),
  z.strictObject({
    kind: z.literal("money"),
    currency: z.string().length(3).optional(),
    currencyPath: RulePath.optional(),
  }),
  z.strictObject({ kind: z.literal("date"), style: z.enum(["short", "long", "time"]) }),
]);
export type Formatter = z.infer<typeof Formatter>;

/** A language as templates name it: "en", "fr", "pt_BR". */
const LanguageCode = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/);

/**
 * What stands in a blank without a value: a text for everybody, or one text for each language ("there", "cher client"), of
 * which a person gets the one nearest to theirs, else English, else the first. Null: the message must then not leave
 * (reason "missing-variable").
 */
export const Fallback = z.union([z.string().max(200), z.record(LanguageCode, z.string().max(200))]).nullable();
export type Fallback = z.infer<typeof Fallback>;

/** A blank of a template, filled from data: a path, a formatter and what to say when there is no value. */
export const ValueBinding = z.strictObject({
  from: z.literal("path"),
  path: RulePath,
  format: Formatter.default({ kind: "text" }),
  fallback: Fallback.default(null),
});

export type ValueBinding = z.infer<typeof ValueBinding>;

/** The same words for everybody. */
export const TextBinding = z.strictObject({ from: z.literal("text"), text: z.string().min(1).max(500) });

/** A signed upload page, or a tracked link to a fixed address. The code behind it is made when the message leaves. */
export const LinkBinding = z.discriminatedUnion("kind", [
  z.strictObject({ from: z.literal("link"), kind: z.literal("upload"), validHours: z.number().int().min(1).max(720) }),
  z.strictObject({
    from: z.literal("link"),
    kind: z.literal("tracked"),
    target: z.url({ protocol: /^https?$/ }).max(2000),
    validHours: z.number().int().min(1).max(8760),
  }),
]);
export type LinkBinding = z.infer<typeof LinkBinding>;

export const Binding = z.union([ValueBinding, TextBinding, LinkBinding]);
export type Binding = z.infer<typeof Binding>;
