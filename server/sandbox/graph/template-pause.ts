import type { JsonObject } from "#flow/json.ts";
import type { Sandbox } from "../sandbox.ts";
import { tellTemplate } from "./tell-template.ts";
import type { Template } from "./template.ts";

const hourMs = 3_600_000;
/** The first low quality pauses for three hours, the second for six, the third disables (section 4.2). */
const pauseHours = [3, 6];
const titles = ["FIRST_PAUSE", "SECOND_PAUSE"];

/** Pauses an approved template for low quality, or disables it when it was paused twice before. */
export async function pauseForQuality(sandbox: Sandbox, template: Template): Promise<void> {
  const now = sandbox.clock.now();
  const before = template.pauses ?? 0;
  const hours = pauseHours[before];
  const paused: Template = { ...template, pauses: before + 1, changedAt: now, status: hours ? "PAUSED" : "DISABLED" };
  if (hours) paused.pausedUntil = now + hours * hourMs;
  await sandbox.keepTemplate(paused);
  const extra: JsonObject = hours
    ? otherInfo(
        titles[before] ?? "",
        `Your template has been paused for ${hours} hours because it had issues with quality.`,
      )
    : {
        ...otherInfo("DISABLED", "Your template has been disabled because it kept having issues with quality."),
        disable_info: { disable_date: Math.floor(now / 1000) },
      };
  await tellTemplate(sandbox, paused, { event: paused.status, extra });
}

/** Ends a pause; false when the template is not paused. */
export async function unpauseTemplate(sandbox: Sandbox, id: string, at: number): Promise<boolean> {
  const template = sandbox.world.templates.get(id);
  if (template?.status !== "PAUSED") return false;
  const { pausedUntil: _, ...rest } = template;
  const approved: Template = { ...rest, status: "APPROVED", changedAt: at };
  await sandbox.keepTemplate(approved);
  const extra = otherInfo("UNPAUSE", "Your template can be sent again.");
  await tellTemplate(sandbox, approved, { event: "APPROVED", extra, at });
  return true;
}

export const otherInfo = (title: string, description: string): JsonObject => ({ other_info: { title, description } });
