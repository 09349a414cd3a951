import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";

const Decision = z.strictObject({
  event: z.enum(["APPROVED", "REJECTED", "PENDING", "PAUSED", "DISABLED", "IN_APPEAL", "REINSTATED", "FLAGGED"]),
  reason: z.string().default("NONE"),
});

/** What Meta's review or its quality watch decides; the subscriber hears of it. REINSTATED makes it APPROVED again. */
export async function decide(sandbox: Sandbox, id: string, input: unknown): Promise<object> {
  const { event, reason } = Decision.parse(input);
  const template = sandbox.world.templates.get(id);
  if (!template) throw controlError(404, `There is no template ${id}.`);
  const extra: JsonObject =
    event === "PAUSED"
      ? {
          other_info: {
            title: "FIRST_PAUSE",
            description: "Your template has been paused for 3 hours because it had issues with quality.",
          },
        }
      : {};
  const status = event === "REINSTATED" ? "APPROVED" : event === "FLAGGED" ? template.status : event;
  const decided = { ...template, status, rejectedReason: reason, changedAt: sandbox.clock.now() };
  await sandbox.commit({ k: "template", template: decided });
  await sandbox.tellTemplate(decided, event, extra);
  return { success: true };
}

const Quality = z.strictObject({ score: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]) });

export async function setQuality(sandbox: Sandbox, id: string, input: unknown): Promise<object> {
  const { score } = Quality.parse(input);
  const template = sandbox.world.templates.get(id);
  if (!template) throw controlError(404, `There is no template ${id}.`);
  await sandbox.commit({ k: "template", template: { ...template, qualityScore: score } });
  const value = {
    previous_quality_score: template.qualityScore,
    new_quality_score: score,
    message_template_id: Number(id),
    message_template_name: template.name,
    message_template_language: template.language,
  };
  await sandbox.tell({
    kind: "event",
    field: "message_template_quality_update",
    value,
    isTimed: true,
    at: sandbox.clock.now(),
  });
  return { success: true };
}
