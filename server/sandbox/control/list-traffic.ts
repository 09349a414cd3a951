import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { webhookEnvelope } from "../delivery/webhook-body.ts";
import type { Update } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import type { TrafficEntry } from "../traffic.ts";

const Query = z.object({
  /** One person's traffic, by phone. */
  with: z.string().optional(),
  last: z.coerce.number().int().min(1).max(1000).default(200),
});

/** What the API got and what the subscriber was told, oldest first, each with its JSON. */
export function listTraffic(sandbox: Sandbox, input: unknown): object {
  const query = Query.parse(input);
  const person = query.with?.replace(/\D/g, "");
  const rows = sandbox.traffic.list().flatMap((entry) => {
    const row = entry.kind === "call" ? callRow(sandbox, entry) : webhookRow(sandbox, entry);
    return row && (person === undefined || row.wa_id === person) ? [row] : [];
  });
  return { data: rows.slice(-query.last) };
}

const Sent = z.looseObject({
  to: z.coerce.string().optional(),
  recipient: z.string().optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  message_id: z.string().optional(),
  template: z.looseObject({ name: z.string() }).optional(),
  interactive: z.looseObject({ type: z.string() }).optional(),
});
const Answer = z.looseObject({ messages: z.array(z.looseObject({ id: z.string() })).optional() });

function callRow(sandbox: Sandbox, { n, at, method, path, body, httpStatus, answer }: TrafficEntry & { kind: "call" }) {
  const request = jsonOrNull(body);
  const sent = Sent.safeParse(request).data;
  const wamid = Answer.safeParse(answer).data?.messages?.[0]?.id ?? sent?.message_id ?? null;
  const waId = sent?.to?.replace(/\D/g, "") ?? sandbox.world.usersByBsuid.get(sent?.recipient ?? "")?.waId;
  return {
    n,
    at: new Date(at).toISOString(),
    kind: "call",
    wa_id: waId ?? sandbox.world.messages.get(wamid ?? "")?.waId ?? null,
    wamid,
    title: sent?.template?.name ?? sent?.interactive?.type ?? sent?.type ?? sent?.status ?? "text",
    method,
    path,
    http_status: httpStatus,
    request,
    answer,
  };
}

function webhookRow(sandbox: Sandbox, { n, at, update }: TrafficEntry & { kind: "webhook" }) {
  const message = "wamid" in update ? sandbox.world.messages.get(update.wamid) : undefined;
  return {
    n,
    at: new Date(at).toISOString(),
    kind: "webhook",
    wa_id: update.kind === "inbound" ? update.waId : (message?.waId ?? personIn(update)),
    wamid: "wamid" in update ? update.wamid : null,
    title:
      update.kind === "status" ? update.status : update.kind === "event" ? update.field : String(update.message.type),
    request: webhookEnvelope(sandbox, [update]),
  };
}

const Contacts = z.looseObject({ contacts: z.array(z.looseObject({ wa_id: z.string() })).min(1) });
const personIn = (update: Update): string | null =>
  update.kind === "event" ? (Contacts.safeParse(update.value).data?.contacts[0]?.wa_id ?? null) : null;

function jsonOrNull(body: Buffer): JsonObject | null {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
