import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { namedIn, tellTemplate, tellTemplateField } from "../graph/tell-template.ts";
import type { Template } from "../graph/template.ts";
import { announceCategory } from "../graph/template-category.ts";
import { otherInfo, pauseForQuality } from "../graph/template-pause.ts";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";

const Decision = z.strictObject({
  event: z.enum([
    "APPROVED",
    "REJECTED",
    "PENDING",
    "PAUSED",
    "DISABLED",
    "IN_APPEAL",
    "REINSTATED",
    "FLAGGED",
    "LIMIT_EXCEEDED",
    "LOCKED",
    "ARCHIVED",
    "UNARCHIVED",
  ]),
  reason: z.string().default("NONE"),
  recommendation: z.string().min(1).optional(),
});
type Decision = z.infer<typeof Decision>;

const statusAfter = (template: Template, event: Decision["event"]): Template["status"] => {
  if (event === "REINSTATED" || event === "UNARCHIVED") return "APPROVED";
  if (event === "FLAGGED") return template.status;
  // A template Meta has locked reads as disabled.
  return event === "LOCKED" ? "DISABLED" : event;
};

/** What Meta's review or its quality watch decides; the subscriber hears of it. REINSTATED makes it APPROVED again. */
export async function decide(sandbox: Sandbox, id: string, input: unknown): Promise<object> {
  const { event, reason, recommendation } = Decision.parse(input);
  const { rejection: _, verdict: __, pausedUntil: ___, ...template } = known(sandbox, id);
  const decided: Template = {
    ...template,
    status: statusAfter(template, event),
    rejectedReason: reason,
    changedAt: sandbox.clock.now(),
  };
  if (event === "REJECTED" && reason === "INVALID_FORMAT")
    decided.rejection = {
      reason,
      recommendation: recommendation ?? "Check the template's format and submit it again.",
    };
  await sandbox.keepTemplate(decided);
  await tellTemplate(sandbox, decided, { event, extra: extraOf(sandbox, event) });
  return { success: true };
}

function extraOf(sandbox: Sandbox, event: Decision["event"]): JsonObject {
  if (event === "PAUSED")
    return otherInfo("FIRST_PAUSE", "Your template has been paused for 3 hours because it had issues with quality.");
  if (event !== "DISABLED") return {};
  return {
    ...otherInfo("DISABLED", "Your template has been disabled."),
    disable_info: { disable_date: Math.floor(sandbox.clock.now() / 1000) },
  };
}

const Quality = z.strictObject({
  score: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]),
  /** Low quality also pauses: 3 hours, 6 hours, then for good. */
  pauses: z.boolean().optional(),
});

/** Gives a template a quality score. RED pauses an approved one, unless `pauses` is false. */
export async function setQuality(sandbox: Sandbox, id: string, input: unknown): Promise<object> {
  const { score, pauses = true } = Quality.parse(input);
  const template = known(sandbox, id);
  const scored = { ...template, qualityScore: score };
  await sandbox.keepTemplate(scored);
  await tellTemplateField(sandbox, "message_template_quality_update", {
    value: { previous_quality_score: template.qualityScore, new_quality_score: score, ...namedIn(template) },
  });
  if (score === "RED" && pauses && scored.status === "APPROVED") await pauseForQuality(sandbox, scored);
  return { success: true };
}

const Category = z.strictObject({ category: z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"]) });

/** Meta holds another category for right: the subscriber is warned now, and in 24 hours the category changes. */
export async function setCategory(sandbox: Sandbox, id: string, input: unknown): Promise<object> {
  const { category } = Category.parse(input);
  const template = known(sandbox, id);
  if (template.category === category) throw controlError(400, `Template ${id} is ${category} already.`);
  await announceCategory(sandbox, template, category);
  return { success: true };
}

function known(sandbox: Sandbox, id: string): Template {
  const template = sandbox.world.templates.get(id);
  if (!template) throw controlError(404, `There is no template ${id}.`);
  return template;
}
