import type { JsonObject } from "#flow/json.ts";
import { unknownObject } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Template } from "./template.ts";
import { tellComponents } from "./template-components-update.ts";
import { templateError } from "./template-error.ts";
import { submitForReview } from "./template-review.ts";
import { readTemplateChange } from "./template-rules.ts";

const dayMs = 86_400_000;
const editable = ["APPROVED", "REJECTED", "PAUSED"];

/** POST /TEMPLATE: components are replaced as a whole; an approved template once a day and ten times a month (section 4.2). */
export async function editTemplate(sandbox: Sandbox, id: string, request: JsonObject): Promise<object> {
  const template = sandbox.world.templates.get(id);
  if (!template) throw unknownObject(id);
  if (!editable.includes(template.status))
    throw templateError(
      2388039,
      "Template cannot be edited",
      `A template that is ${template.status} cannot be edited.`,
    );
  const now = sandbox.clock.now();
  const recent = template.approvedEditsAt.filter((at) => at > now - 30 * dayMs);
  const isApproved = template.status === "APPROVED";
  if (isApproved && (recent.length >= 10 || recent.some((at) => at > now - dayMs)))
    throw templateError(
      2388039,
      "Template cannot be edited",
      "An approved template can be edited once a day and ten times in thirty days.",
    );
  const { rejectedReason: verdict = "NONE", ...change } = readTemplateChange(template, request);
  const { pausedUntil: _, ...rest } = template;
  const edited: Template = { ...rest, ...change, approvedEditsAt: isApproved ? [...recent, now] : recent };
  // An approved or paused one stays in use: its new text is looked at in passing. A rejected one waits for a whole review.
  await submitForReview(sandbox, edited, { verdict, isAtOnce: template.status !== "REJECTED" });
  if (request.components !== undefined) await tellComponents(sandbox, edited);
  return { success: true };
}
