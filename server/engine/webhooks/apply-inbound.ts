import type pg from "pg";
import { readKeyword } from "#flow/gate/opt-out.ts";
import type { Signal } from "#flow/signal.ts";
import { newId, shardOf } from "#server/id.ts";
import { query, type Statement } from "../query.ts";
import { insertSignal } from "../queue-signal.ts";
import type { EventOf } from "./call-event.ts";
import { changeConsent } from "./change-consent.ts";
import { findSender, lockInboundSenders, openWindow } from "./find-sender.ts";

/** The message a person answers: the one they quote or tap on, else the newest that reached them within a week. */
const findAnswered: Statement = {
  name: "inbound-answered",
  text: `
    select id, enrollment_id, visit from (
      (select id, enrollment_id, visit, 1 as rank from message
       where wamid = $3 and workspace_id = $1 and contact_id = $2 and direction = 'outbound' limit 1)
      union all
      (select id, null, null, 2 from message
       where contact_id = $2 and $3::text is null and direction = 'outbound' and status in ('sent', 'delivered', 'read')
         and created_at > $4::timestamptz - interval '7 days'
       order by created_at desc limit 1)
    ) found
    order by rank limit 1`,
};

const markReplied: Statement = {
  name: "inbound-replied",
  text: "update message set replied_at = coalesce(replied_at, $2) where id = $1",
};

const insertMessage: Statement = {
  name: "inbound-message",
  text: `
    insert into message (id, workspace_id, shard, contact_id, channel_id, direction, type, content, status, wamid, created_at)
    values ($1, $2, $3, $4, $5, 'inbound', $6, $7::json, 'received', $8, $9)`,
};

/** Stores messages from people, opens their window, takes STOP and START, and tells waiting flows. Answers the signals made. */
export async function applyInbound(
  client: pg.ClientBase,
  events: readonly EventOf<"inbound">[],
  now: Date,
): Promise<number> {
  await lockInboundSenders(client, events);
  let signals = 0;
  for (const each of events) if (await applyOne(client, each, now)) signals += 1;
  return signals;
}

async function applyOne(client: pg.ClientBase, call: EventOf<"inbound">, now: Date): Promise<boolean> {
  const { workspaceId, channelId, event } = call;
  const contactId = await findSender(client, workspaceId, event.from, now);
  if (contactId === null) return false;
  const at = new Date(event.at);
  await openWindow(client, contactId, event.from, { at, now });
  const text = event.text ?? "";
  const shard = shardOf(workspaceId, contactId);
  type Answered = { id: string; enrollment_id: string | null; visit: number | null };
  const [answered] = await query<Answered>(client, findAnswered, [workspaceId, contactId, event.contextWamid, at]);
  if (answered) await query(client, markReplied, [answered.id, at]);
  const content = JSON.stringify({ body: text });
  const message = [newId(), workspaceId, shard, contactId, channelId, event.type, content, event.wamid, at];
  await query(client, insertMessage, message);
  const keyword = readKeyword(text);
  if (keyword) {
    const consentAct = { source: "keyword" as const, act: keyword, wording: text, at: now };
    await changeConsent(client, contactId, consentAct, { wamid: event.wamid });
  }
  // STOP is no answer to a question: it must not lead anybody on in a flow.
  if (keyword) return false;
  const signal = signalOf(event, answered?.visit ?? null);
  await query(client, insertSignal, [
    workspaceId,
    shard,
    contactId,
    answered?.enrollment_id ?? null,
    JSON.stringify(signal),
  ]);
  return true;
}

function signalOf(event: EventOf<"inbound">["event"], visit: number | null): Signal {
  const text = event.text ?? "";
  return event.buttonId === null
    ? { kind: "reply", text, visit }
    : { kind: "button", buttonId: event.buttonId, text, visit };
}
