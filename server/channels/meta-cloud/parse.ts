import { z } from "zod";
import { isStorableText } from "#flow/json.ts";
import type { Channel } from "../channel.ts";
import { Findings } from "./findings.ts";
import { accountReaders } from "./parse-account.ts";
import { readInbound } from "./parse-inbound.ts";
import { Metadata, readNewIds, readPreferences } from "./parse-person.ts";
import { readStatus } from "./parse-status.ts";
import { templateReaders } from "./parse-template.ts";

const Envelope = z.looseObject({ entry: z.array(z.unknown()) });
const Entry = z.looseObject({ id: z.coerce.string().catch(""), changes: z.array(z.unknown()) });
const Change = z.looseObject({ field: z.string(), value: z.looseObject({}) });

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
    const { id: accountId, changes } = entry.data;
    for (const [changeIndex, change] of changes.entries())
      readChange(findings, `entry.${entryIndex}.changes.${changeIndex}`, { change, accountId });
  }
  return { events: findings.events, rejected: findings.rejected };
};

type Item = { change: unknown; accountId: string };

function readChange(findings: Findings, path: string, { change: item, accountId }: Item): void {
  const change = Change.safeParse(item);
  if (!change.success) {
    findings.reject(path, change.error);
    return;
  }
  const { field, value } = change.data;
  const at = `${path}.value`;
  if (field === "messages") readMessages(findings, at, value);
  else if (field === "user_preferences") readPreferences(findings, at, value);
  else if (field === "user_id_update") readNewIds(findings, at, value);
  else if (Object.hasOwn(templateReaders, field)) templateReaders[field]?.(findings, at, value);
  else if (Object.hasOwn(accountReaders, field)) accountReaders[field]?.(findings, at, { value, accountId });
  else findings.events.push({ kind: "other", field });
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

/**
 * Template ids are JSON numbers that may pass 2^53 one day: they are kept as they are written. A NUL or half a pair in somebody's
 * text would fail the whole batch at the database: it is left out here.
 */
function parseJson(text: string): unknown {
  const told = text.replace(/("message_template_id"\s*:\s*)(\d+)/g, '$1"$2"');
  try {
    return /\\u(?:0000|d[89a-f])/i.test(told) ? JSON.parse(told, storable) : JSON.parse(told);
  } catch {
    return null;
  }
}

const storable = (_: string, value: unknown): unknown =>
  typeof value === "string" && !isStorableText(value) ? value.toWellFormed().replaceAll("\u0000", "") : value;
