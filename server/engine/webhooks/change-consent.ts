import type pg from "pg";
import type { ConsentState } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { query, type Statement } from "../query.ts";

/** Whose act it was: a word in the chat, or a switch in WhatsApp itself (marketing only). */
export type ConsentAct = { source: "keyword" | "provider"; act: "stop" | "start"; wording: string | null; at: Date };

const readContact: Statement = {
  name: "consent-read",
  text: "select workspace_id, consents, suppressed_reason from contact where id = $1 for no key update",
};

const writeContact: Statement = {
  name: "consent-write",
  text: `
    update contact set consents = $2::json, updated_at = $3,
      suppressed_at = case $4 when 'stop' then coalesce(suppressed_at, $3) when 'start' then null else suppressed_at end,
      suppressed_reason = case $4 when 'stop' then coalesce(suppressed_reason, 'opt-out') when 'start' then null else suppressed_reason end
    where id = $1`,
};

const writeLedger: Statement = {
  name: "consent-ledger",
  text: `
    insert into consent (id, workspace_id, contact_id, purpose, state, source, wording, proof, actor, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8::json, 'contact', $9)`,
};

type Purpose = keyof ConsentState;

/**
 * Applies STOP or START of a person, with its proof in the ledger. STOP by keyword ends every message: it suppresses the person
 * and withdraws what was granted. START takes back what the same source had withdrawn, and nothing that was never given.
 * Queued messages need no change: the gate reads the contact when they leave.
 */
export async function changeConsent(
  client: pg.ClientBase,
  contactId: string,
  { source, act, wording, at }: ConsentAct,
  proof: Record<string, string>,
): Promise<void> {
  type Row = { workspace_id: string; consents: ConsentState; suppressed_reason: string | null };
  const [contact] = await query<Row>(client, readContact, [contactId]);
  if (!contact) return;
  const changed = purposesOf(source).filter((purpose) => isChanged(contact.consents[purpose], { source, act }));
  const state = act === "stop" ? ("withdrawn" as const) : ("granted" as const);
  const consents: ConsentState = { ...contact.consents };
  for (const purpose of changed) consents[purpose] = { state, at: at.toISOString(), source };
  const isOptOut = contact.suppressed_reason === null || contact.suppressed_reason === "opt-out";
  const suppression = source === "keyword" && isOptOut ? act : "none";
  await query(client, writeContact, [contactId, JSON.stringify(consents), at, suppression]);
  for (const purpose of changed) {
    const values = [
      newId(),
      contact.workspace_id,
      contactId,
      purpose,
      state,
      source,
      wording,
      JSON.stringify(proof),
      at,
    ];
    await query(client, writeLedger, values);
  }
}

const purposesOf = (source: ConsentAct["source"]): Purpose[] =>
  source === "provider" ? ["marketing"] : ["service", "marketing"];

function isChanged(now: ConsentState[Purpose], { source, act }: Pick<ConsentAct, "source" | "act">): boolean {
  if (!now) return false;
  return act === "stop" ? now.state === "granted" : now.state === "withdrawn" && now.source === source;
}
