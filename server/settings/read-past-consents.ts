import { sql } from "drizzle-orm";
import type { ConsentPurpose, Consents } from "#flow/gate/consent.ts";
import type { Actor } from "../trpc.ts";
import { wordingKeySql } from "../wording-key.ts";
import type { NamedSend } from "./read-past-sends.ts";

type Row = {
  contact_id: string;
  purpose: ConsentPurpose;
  state: "granted" | "withdrawn";
  at: string | Date;
  expires_at: string | Date | null;
  wording: string | null;
};

/**
 * The same messages with what their people had agreed to when each was asked for, by the ledger. Who has no row there agreed to what
 * stands on the contact: it was brought in with it.
 */
export async function readPastConsents({ db }: Actor, sends: readonly NamedSend[]): Promise<NamedSend[]> {
  if (sends.length === 0) return [];
  const ids = JSON.stringify([...new Set(sends.map(({ contactId }) => contactId))]);
  const people = sql`(select x::uuid as id from json_array_elements_text(${ids}::json) x)`;
  const { rows: ledger } = await db.execute<Row>(sql`
    select c.contact_id, c.purpose, c.state, c.at, c.expires_at,
           case when c.source <> 'person' then ${sql.raw(wordingKeySql("c.wording"))} end as wording
    from ${people} p join consent c on c.contact_id = p.id
    order by c.at, c.id`);
  const { rows: now } = await db.execute<{ id: string; consents: Consents }>(sql`
    select c.id, c.consents from ${people} p join contact c on c.id = p.id`);
  const acts = Map.groupBy(ledger, ({ contact_id }) => contact_id);
  const standing = new Map(now.map(({ id, consents }) => [id, consents]));
  return sends.map((send) => {
    const told = acts.get(send.contactId);
    return { ...send, consents: told ? consentsAt(told, send.at) : (standing.get(send.contactId) ?? {}) };
  });
}

function consentsAt(acts: readonly Row[], moment: number): Consents {
  const consents: Consents = {};
  for (const { purpose, state, at, expires_at: end, wording } of acts) {
    if (new Date(at).getTime() > moment) break;
    const expiresAt = end && new Date(end).toISOString();
    consents[purpose] = { state, at: new Date(at).toISOString(), expiresAt, ...(wording && { wording }) };
  }
  return consents;
}
