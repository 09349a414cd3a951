import { z } from "zod";

/** Types, formats and categories are case-insensitive on input (section 4). */
export const upper = (value: unknown): unknown => (typeof value === "string" ? value.toUpperCase() : value);

/** One component as it is submitted; what its type needs is checked by that type's rules. */
export const TemplateComponent = z.looseObject({
  type: z.preprocess(upper, z.string()),
  text: z.string().optional(),
  format: z.preprocess(upper, z.string().optional()),
});
export type TemplateComponent = z.infer<typeof TemplateComponent>;
