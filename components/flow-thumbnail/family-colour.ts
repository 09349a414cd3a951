import type { Family } from "#flow/define-node.ts";

/** The colour of a family of steps in pictures and maps. */
export const familyColour: Record<Family, string> = {
  trigger: "var(--trigger)",
  logic: "var(--logic)",
  message: "var(--message)",
  people: "var(--people)",
  integration: "var(--integration)",
  end: "var(--goal)",
};
