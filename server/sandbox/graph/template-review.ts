import type { Sandbox } from "../sandbox.ts";
import { tellTemplate } from "./tell-template.ts";
import type { Template } from "./template.ts";

const recommendations: Record<string, string> = {
  INVALID_FORMAT: "Put text between the variables, so that no two of them touch, and submit the template again.",
};

/** A name's end can ask for a refusal, as a number's last digits can: `..._rejected_promotional`. */
const askedReason =
  /_rejected_(abusive_content|incorrect_category|invalid_format|promotional|scam|tag_content_mismatch)$/;

/**
 * Submits a template to Meta's review and tells the subscriber how it ended. Without a delay in the schedule, or `isAtOnce`,
 * that is now; otherwise the template is PENDING until then. Returns the template as it stands now.
 */
export async function submitForReview(
  sandbox: Sandbox,
  template: Template,
  form: { verdict: string; isAtOnce: boolean },
): Promise<Template> {
  const asked = askedReason.exec(template.name)?.[1]?.toUpperCase();
  const verdict = form.verdict === "NONE" ? (asked ?? "NONE") : form.verdict;
  const { rejection: _, verdict: __, ...rest } = template;
  const pending: Template = { ...rest, status: "PENDING", rejectedReason: "NONE", changedAt: sandbox.clock.now() };
  if (verdict !== "NONE") pending.verdict = verdict;
  if (form.isAtOnce || sandbox.world.schedule.reviewMs === 0) return endReview(sandbox, pending, sandbox.clock.now());
  await sandbox.keepTemplate(pending);
  return pending;
}

/** Ends the review of a pending template at `at`. */
export async function endReview(sandbox: Sandbox, pending: Template, at: number): Promise<Template> {
  const { verdict, ...rest } = pending;
  const reviewed: Template = { ...rest, status: verdict ? "REJECTED" : "APPROVED", changedAt: at };
  if (verdict) reviewed.rejectedReason = verdict;
  const recommendation = recommendations[verdict ?? ""];
  if (verdict && recommendation) reviewed.rejection = { reason: verdict, recommendation };
  await sandbox.keepTemplate(reviewed);
  await tellTemplate(sandbox, reviewed, { event: reviewed.status, at });
  return reviewed;
}
