import type { TemplateStatus } from "#flow/template.ts";

const statuses: Record<string, TemplateStatus> = {
  PENDING: "submitted",
  IN_APPEAL: "submitted",
  APPROVED: "approved",
  REINSTATED: "approved",
  UNARCHIVED: "approved",
  REJECTED: "rejected",
  PAUSED: "paused",
  DISABLED: "disabled",
  LOCKED: "disabled",
  LIMIT_EXCEEDED: "disabled",
  ARCHIVED: "disabled",
  DELETED: "disabled",
  PENDING_DELETION: "disabled",
};

/** Meta's template status or event in our words; null for one that changes nothing (FLAGGED) or that nobody knows. */
export const templateStatusOf = (word: string): TemplateStatus | null => statuses[word.toUpperCase()] ?? null;
