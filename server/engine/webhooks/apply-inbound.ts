import type pg from "pg";
import { type Keywords, readKeyword } from "#flow/gate/opt-out.ts";
import type { HeardMessage } from "#flow/message-event.ts";
import type { Signal } from "#flow/signal.ts";
import { countryOfPhone } from "#server/country-of-phone.ts";
import { newId, shardOf } from "#server/id.ts";
import { query } from "../query.ts";
import type { EventOf, HookPlace } from "./call-event.ts";
import { changeConsents } from "./change-consents.ts";
import { confirmSignUps } from "./confirm-sign-ups.ts";
import type { ConsentAct } from "./consent-acts.ts";
import { findSenders } from "./find-senders.ts";
import * as sql from "./inbound-statements.ts";
import { readKeywords } from "./read-keywords.ts";
import { phoneOf, type Sender } from "./sender-book.ts";

export type InboundEvent = EventOf<"inbound">;
export type PreferenceEvent = EventOf<"preference">;
export type PersonEvent = InboundEvent | PreferenceEvent;

/** Somebody else holds a message that cannot be waited for by now: the batch has to be begun anew. */
export class MessagesInUse extends Error {}

/** What one person wrote, whose contact that is, and our id of the message. */
type Letter = { event: InboundEvent; contactId: string; id: string };

type Answered = {
  n: number;
  id: string;
  enrollment_id: string | null;
  visit: number | null;
  is_replied: boolean;
  is_tapped: boolean;
};

/**
 * How long messages are known again. Providers redeliver for 7 days, so what is older is a copy of an old call, which its
 * signature (over the body alone) cannot tell: a START of last year must not undo a STOP.
 */
const knownForMs = 8 * 86_400_000;

/**
 * Stores messages from people, opens their windows, takes STOP, START and the switches of WhatsApp, and tells waiting flows, in the
 * order the messages came. A batch does the same as its messages one by one. Answers the signals made.
 */
export async function applyInbound(
  client: pg.ClientBase,
  place: HookPlace,
  { events, now }: { events: readonly PersonEvent[]; now: Date },
): Promise<number> {
  const fresh = await withoutRepeats(
    client,
    place.channelId,
    events.filter(({ at }) => at > now.getTime() - knownForMs),
  );
  if (fresh.length === 0) return 0;
  const contactIds = await findSenders(client, place.workspaceId, {
    senders: fresh.map(senderOf),
    // A switch in WhatsApp is no message: it opens no window and teaches nothing.
    touches: (index) => fresh[index]?.kind === "inbound",
    now,
  });
  const known = fresh.flatMap((event, index) => {
    const contactId = contactIds[index] ?? null;
    return contactId === null ? [] : [{ event, contactId }];
  });
  const letters = known.flatMap(({ event, contactId }): Letter[] =>
    event.kind === "inbound" ? [{ event, contactId, id: newId() }] : [],
  );
  const heard = await hearLetters(client, place.workspaceId, letters, now);
  const signals = letters.length === 0 ? 0 : await applyLetters(client, place, { letters, heard, now });
  const acts = known.flatMap(({ event, contactId }) =>
    event.kind === "inbound" ? (heard.get(event) ?? []) : [switchAct(event, contactId, place)],
  );
  await changeConsents(client, { workspaceId: place.workspaceId, acts, now });
  return signals;
}

/** Providers deliver more than once: a message that came before, in this batch or within 8 days, is left out. */
async function withoutRepeats(client: pg.ClientBase, channelId: string, events: readonly PersonEvent[]) {
  const keys = [...new Set(events.flatMap((event) => keyOf(event) ?? []))];
  const rows = keys.length === 0 ? [] : await query<{ key: string }>(client, sql.insertKeys, [channelId, keys]);
  const fresh = new Set(rows.map(({ key }) => key));
  return events.filter((event) => {
    const key = keyOf(event);
    // Deleting makes the second of two equal messages in one batch a repeat.
    return key === null || fresh.delete(key);
  });
}

/** A switch may be set twice without harm. */
const keyOf = (event: PersonEvent): string | null => (event.kind === "inbound" ? `inbound:${event.wamid}` : null);

async function applyLetters(
  client: pg.ClientBase,
  place: HookPlace,
  { letters, heard, now }: { letters: readonly Letter[]; heard: ReadonlyMap<InboundEvent, ConsentAct>; now: Date },
): Promise<number> {
  const { workspaceId, channelId } = place;
  await query(client, sql.openWindows, [JSON.stringify(windowsOf(letters)), now]);
  const answered = await findAnswered(client, workspaceId, letters);
  await query(client, sql.insertMessages, [workspaceId, channelId, JSON.stringify(messageRows(workspaceId, letters))]);
  // STOP is no answer to a question, nor is the code of a form: it must not lead anybody on in a flow.
  const signals = letters.flatMap((letter, index) =>
    heard.has(letter.event) ? [] : [signalRow(place, letter, answered.get(index))],
  );
  if (signals.length > 0) await query(client, sql.insertSignals, [workspaceId, JSON.stringify(signals)]);
  return signals.length;
}

/** One row a person: the newest time, and the first ids that were told. */
function windowsOf(letters: readonly Letter[]) {
  type Window = { id: string; wa_id: string | null; bsuid: string | null; at: number };
  const windows = new Map<string, Window>();
  for (const { contactId, event } of letters) {
    const { waId, bsuid } = event.from;
    const known = windows.get(contactId);
    windows.set(contactId, {
      id: contactId,
      wa_id: known?.wa_id ?? waId,
      bsuid: known?.bsuid ?? bsuid,
      at: Math.max(known?.at ?? event.at, event.at),
    });
  }
  return [...windows.values()]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((window) => ({ ...window, at: new Date(window.at).toISOString() }));
}

/** The answered message of each letter by its place; the first answer to a message is noted on it. */
async function findAnswered(client: pg.ClientBase, workspaceId: string, letters: readonly Letter[]) {
  const times = letters.map(({ event }) => new Date(event.at).toISOString());
  const rows = await query<Answered>(client, sql.findAnswered, [
    workspaceId,
    letters.map(({ contactId }) => contactId),
    letters.map(({ event }) => event.contextWamid),
    times,
  ]);
  const answered = new Map(rows.map((row) => [row.n - 1, row]));
  const news = new Map<string, { at: string; tappedAt: string | null }>();
  for (const [index, at] of times.entries()) {
    const row = answered.get(index);
    const isTap = letters[index]?.event.buttonId !== null && row?.is_tapped === false;
    if (!row || (row.is_replied && !isTap)) continue;
    const known = news.get(row.id);
    news.set(row.id, { at: known?.at ?? at, tappedAt: known?.tappedAt ?? (isTap ? at : null) });
  }
  if (news.size > 0) {
    const answers = [...news.values()];
    const noted = await query(client, sql.markReplied, [
      [...news.keys()],
      answers.map(({ at }) => at),
      answers.map(({ tappedAt }) => tappedAt),
    ]);
    if (noted.length < news.size) throw new MessagesInUse("A message that was answered is being written to.");
  }
  return answered;
}

/** Of several of one person in a batch, the earliest may open a conversation. */
function messageRows(workspaceId: string, letters: readonly Letter[]) {
  const earliest = new Map<string, Letter>();
  for (const letter of letters) {
    const known = earliest.get(letter.contactId);
    if (!known || letter.event.at < known.event.at) earliest.set(letter.contactId, letter);
  }
  return letters.map((letter) => {
    const { event, contactId, id } = letter;
    return {
      id,
      shard: shardOf(workspaceId, contactId),
      contact_id: contactId,
      type: event.type,
      content: { body: event.text ?? "", ...event.detail },
      wamid: event.wamid,
      country: countryOfPhone(phoneOf(event.from.waId)),
      at: new Date(event.at).toISOString(),
      is_first: earliest.get(contactId) === letter,
    };
  });
}

const signalRow = (
  { workspaceId, channelId }: HookPlace,
  { event, contactId, id }: Letter,
  answered: Answered | undefined,
) => ({
  shard: shardOf(workspaceId, contactId),
  contact_id: contactId,
  enrollment_id: answered?.enrollment_id ?? null,
  signal: signalOf(event, { visit: answered?.visit ?? null, message: { id, channelId, at: event.at } }),
});

/** Only what is said in words may start a flow: a picture without any does not. */
function signalOf(event: InboundEvent, { visit, message }: { visit: number | null; message: HeardMessage }): Signal {
  const text = event.text ?? "";
  const answers = event.detail?.form?.answers;
  if (answers) return { kind: "form", answers, visit };
  const said = { text, visit, ...(text.trim() !== "" && event.type !== "reaction" && { message }) };
  return event.buttonId === null ? { kind: "reply", ...said } : { kind: "button", buttonId: event.buttonId, ...said };
}

const senderOf = (event: PersonEvent): Sender =>
  event.kind === "inbound" ? event.from : { waId: event.waId, bsuid: event.bsuid, name: null };

/** What letters say about being written to: a word of the workspace's lists, or the code of an opt-in form. */
async function hearLetters(
  client: pg.ClientBase,
  workspaceId: string,
  letters: readonly Letter[],
  now: Date,
): Promise<Map<InboundEvent, ConsentAct>> {
  if (letters.length === 0) return new Map();
  const keywords = await readKeywords(client, workspaceId);
  const written = letters.map(({ event, contactId }) => ({
    contactId,
    sender: event.from,
    text: event.text ?? "",
    wamid: event.wamid,
  }));
  const signUps = await confirmSignUps(client, workspaceId, { written, now });
  return new Map(
    letters.flatMap((letter, place): [InboundEvent, ConsentAct][] => {
      const act = keywordAct(letter, keywords, now) ?? signUps.get(place);
      return act ? [[letter.event, act]] : [];
    }),
  );
}

function keywordAct({ event, contactId }: Letter, keywords: Keywords, now: Date): ConsentAct | null {
  const act = readKeyword(event.text ?? "", keywords);
  if (act === null) return null;
  const proof = { wamid: event.wamid };
  return { contactId, sender: event.from, source: "keyword", act, wording: event.text, at: now, proof };
}

function switchAct(event: PreferenceEvent, contactId: string, { channelId }: HookPlace): ConsentAct {
  const act = event.marketing === "stop" ? "stop" : "start";
  const at = new Date(event.at);
  return { contactId, sender: senderOf(event), source: "provider", act, wording: null, at, proof: { channelId } };
}
