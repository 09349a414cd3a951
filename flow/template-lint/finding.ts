import type { TemplateFinding } from "../lint-template.ts";

/** A finding before it is known which language it is about. */
export type Local = Omit<TemplateFinding, "language">;

export const error = (rule: string, field: string, values: Local["values"] = {}): Local => ({
  rule,
  severity: "error",
  field,
  values,
});

export const warning = (rule: string, field: string, values: Local["values"] = {}): Local => ({
  rule,
  severity: "warning",
  field,
  values,
});

/** The findings whose condition holds. */
export const those = (...rows: [boolean, Local][]): Local[] => rows.flatMap(([holds, found]) => (holds ? [found] : []));
