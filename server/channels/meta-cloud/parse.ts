import { z } from "zod";
import type { Channel } from "../channel.ts";
import { Findings } from "./findings.ts";
import { readInbound } from "./parse-inbound.ts";
import { readStatus } from "./parse-status.ts";
import { templateStatusOf } from "./template-status.ts";

const Envelope = z.looseObject({ entry: z.array(z.unknown()) });
const Entry = z.looseObject({ changes: z.array(z.unknown()) });
const Change = z.looseObject({ field: z.string(), value: z.looseObject({}) });

const Metadata = z.looseObject({ metadata: z.looseObject({ phone_number_id: z.string() }) });

/** Meta's webhook call as canonical events (Cloud API webhooks reference). Total: any bytes give an answer. */
export const parseWebhook: Channel["parse"] = (rawBody) => {
  const findings = new Findings();
  const envelope = Envelope.safeParse(parseJson(rawBody.toString("utf8")));
  if (!envelope.success) {
    findings.reject("", envelope.error);
    return findings;
  }
  for (const [entryIndex, item] of envelope.data.entry.entries()) {
    const entry = Entry.safeParse(item);
    if (!entry.success) {
      findings.reject(`entry.${entryIndex}`, entry.error);
      continue;
    }
    for (const [changeIndex, change] of entry.data.changes.entries())
      readChange(findings, `entry.${entryIndex}.changes.${changeIndex}`, change);
  }
  return { events: findings.events, rejected: findings.rejected };
};

function readChange(findings: Findings, path: string, item: unknown): void {
  const change = Change.safeParse(item);
  if (!change.success) {
    findings.reject(path, change.error);
    return;
  }
  const { field, value } = change.data;
  const at = `${path}.value`;
  switch (field) {
    case "messages":
      readMessages(findings, at, value);
      break;
    case "message_template_status_update":
      readTemplate(findings, at, value);
      break;
    case "template_category_update":
      readCategory(findings, at, value);
      break;
    case "user_preferences":
      readPreferences(findings, at, value);
      break;
    default:
      findings.events.push({ kind: "other", field });
  }
}

function readMessages(findings: Findings, path: string, value: Record<string, unknown>): void {
  const metadata = Metadata.safeParse(value);
  if (!metadata.success) {
    findings.reject(path, metadata.error);
    return;
  }
  const phoneNumberId = metadata.data.metadata.phone_number_id;
  if (value.statuses !== undefined) readStatus(findings, `${path}.statuses`, value.statuses, phoneNumberId);
  if (value.messages !== undefined) readInbound(findings, path, value, phoneNumberId);
  if (value.statuses === undefined && value.messages === undefined)
    findings.events.push({ kind: "other", field: "messages" });
}

const TemplateUpdate = z.looseObject({
  event: z.string(),
  message_template_id: z.union([z.string(), z.number()]).transform(String),
  message_template_name: z.string(),
  message_template_language: z.string(),
  reason: z.string().nullish(),
  rejection_info: z.looseObject({ reason: z.string().optional() }).nullish(),
});

function readTemplate(findings: Findings, path: string, value: unknown): void {
  const parsed = TemplateUpdate.safeParse(value);
  if (!parsed.success) {
    findings.reject(path, parsed.error);
    return;
  }
  const update = parsed.data;
  const status = templateStatusOf(update.event);
  if (status === null) {
    findings.events.push({ kind: "other", field: "message_template_status_update" });
    return;
  }
  const reason = update.rejection_info?.reason ?? update.reason;
  findings.events.push({
    kind: "template",
    providerId: update.message_template_id,
    name: update.message_template_name,
    // Meta's own sample writes en-US here and en_US everywhere else.
    language: update.message_template_language.replace("-", "_"),
    status,
    reason: reason && reason !== "NONE" ? reason : null,
  });
}

/** `new_category` is the one in force, also while a change is only announced (then `correct_category` says what it will be). */
const CategoryUpdate = z.looseObject({
  message_template_id: z.union([z.string(), z.number()]).transform(String),
  message_template_name: z.string(),
  new_category: z.string(),
});

/** Meta, "template_category_update webhook reference". Authentication templates are not ours. */
function readCategory(findings: Findings, path: string, value: unknown): void {
  const parsed = CategoryUpdate.safeParse(value);
  if (!parsed.success) {
    findings.reject(path, parsed.error);
    return;
  }
  const { message_template_id: providerId, message_template_name: name, new_category } = parsed.data;
  const category = new_category.toLowerCase();
  if (category === "utility" || category === "marketing")
    findings.events.push({ kind: "template-category", providerId, name, category });
  else findings.events.push({ kind: "other", field: "template_category_update" });
}

const Preference = z.looseObject({
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
  value: z.enum(["stop", "resume", "signup"]),
  timestamp: z.coerce.number().positive(),
});

function readPreferences(findings: Findings, path: string, value: Record<string, unknown>): void {
  const metadata = Metadata.safeParse(value);
  const phoneNumberId = metadata.success ? metadata.data.metadata.phone_number_id : null;
  findings.each(value.user_preferences, `${path}.user_preferences`, Preference, (preference) => ({
    kind: "preference",
    phoneNumberId,
    waId: preference.wa_id ?? null,
    bsuid: preference.user_id ?? null,
    // Signing up through a link is as good as resuming.
    marketing: preference.value === "stop" ? "stop" : "resume",
    at: preference.timestamp * 1000,
  }));
}

/** Template ids are JSON numbers that may pass 2^53 one day: they are kept as they are written. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/("message_template_id"\s*:\s*)(\d+)/g, '$1"$2"'));
  } catch {
    return null;
  }
}
