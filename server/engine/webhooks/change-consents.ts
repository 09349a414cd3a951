import type pg from "pg";
import type { ConsentState } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { query, type Statement } from "../query.ts";
import { applyConsentAct, type ConsentAct, type ConsentRow, type Consents } from "./consent-acts.ts";
import { phoneOf } from "./sender-book.ts";

/** Everybody with the sender's number or id, not only the contact the message belongs to: a person who says STOP means the phone. */
const lockContacts: Statement = {
  name: "consents-lock",
  text: `
    select id, phone, wa_id, bsuid, consents, suppressed_at::text as suppressed_at, suppressed_reason
    from contact
    where id in (
      select unnest($2::uuid[])
      union select id from contact where workspace_id = $1 and phone = any($3::text[])
      union select id from contact where workspace_id = $1 and wa_id = any($4::text[])
      union select id from contact where workspace_id = $1 and bsuid = any($5::text[]))
    order by id for no key update`,
};

const writeContacts: Statement = {
  name: "consents-write",
  text: `
    update contact c
    set consents = x.consents, suppressed_at = x.suppressed_at, suppressed_reason = x.suppressed_reason, updated_at = $2
    from json_to_recordset($1::json) as x(id uuid, consents jsonb, suppressed_at timestamptz, suppressed_reason text)
    where c.id = x.id`,
};

const writeLedger: Statement = {
  name: "consents-ledger",
  text: `
    insert into consent (id, workspace_id, contact_id, purpose, state, source, wording, proof, actor, at, expires_at)
    select x.id, $1, x.contact_id, x.purpose, x.state, x.source, coalesce(agreed.wording, x.wording), x.proof, x.actor, x.at, x.expires_at
    from json_to_recordset($2::json) as x(
      id uuid, contact_id uuid, purpose text, state text, source text, wording text, proof jsonb, actor text, at timestamptz,
      expires_at timestamptz, is_again boolean)
    left join lateral (
      -- START brings back what was agreed to before: those words are the wording, the START is its proof.
      select e.wording from consent e
      where x.is_again and e.contact_id = x.contact_id and e.purpose = x.purpose and e.state = 'granted'
      order by e.at desc, e.id desc limit 1
    ) agreed on true`,
};

/** To be noted on the last message they had (rollup/credit-messages.ts). */
const writeCredits: Statement = {
  name: "consents-credits",
  text: `
    insert into message_credit (kind, workspace_id, contact_id, at)
    select 'opt-out', $1, * from unnest($2::uuid[], $3::timestamptz[])`,
};

type Row = {
  id: string;
  phone: string | null;
  wa_id: string | null;
  bsuid: string | null;
  consents: ConsentState;
  suppressed_at: string | null;
  suppressed_reason: string | null;
};

/**
 * Applies STOP, START and opt-ins of people, in their order, to all contacts with their number, with the proof in the ledger. Answers
 * the contacts to whom messages may go again after a STOP.
 */
export async function changeConsents(
  client: pg.ClientBase,
  { workspaceId, acts, now }: { workspaceId: string; acts: readonly ConsentAct[]; now: Date },
): Promise<Set<string>> {
  if (acts.length === 0) return new Set();
  const waIds = acts.flatMap(({ sender }) => sender.waId ?? []);
  const phones = acts.flatMap(({ sender }) => phoneOf(sender.waId) ?? []);
  const bsuids = acts.flatMap(({ sender }) => sender.bsuid ?? []);
  const ids = acts.map(({ contactId }) => contactId);
  const rows = await query<Row>(client, lockContacts, [workspaceId, ids, phones, waIds, bsuids]);
  const changes = rows.map((row) => changeOf(row, acts));
  await query(client, writeContacts, [JSON.stringify(changes.map(({ contact }) => contact)), now]);
  const ledger = changes.flatMap((change) => change.ledger);
  if (ledger.length > 0) await query(client, writeLedger, [workspaceId, JSON.stringify(ledger)]);
  const optOuts = changes.flatMap(({ contact, optedOutAt }) =>
    optedOutAt ? [{ id: contact.id, at: optedOutAt }] : [],
  );
  if (optOuts.length > 0)
    await query(client, writeCredits, [workspaceId, optOuts.map(({ id }) => id), optOuts.map(({ at }) => at)]);
  return new Set(changes.flatMap(({ contact, isBack }) => (isBack ? [contact.id] : [])));
}

function changeOf(row: Row, acts: readonly ConsentAct[]) {
  let state: Consents = {
    consents: row.consents,
    suppressedAt: row.suppressed_at,
    suppressedReason: row.suppressed_reason,
  };
  const ledger = [];
  let optedOutAt: Date | null = null;
  for (const act of acts.filter((each) => isBy(row, each))) {
    const { after, ledger: changed, liftsStop } = applyConsentAct(state, act, { isNamed: row.id === act.contactId });
    const isStopped = after.suppressedReason === "opt-out" && state.suppressedReason === null;
    // Others with the same number did not say it.
    if (act.act === "stop" && row.id === act.contactId && (isStopped || changed.length > 0)) optedOutAt ??= act.at;
    state = after;
    for (const each of changed) ledger.push(ledgerRow(row.id, act, { ...each, liftsStop }));
  }
  const { consents, suppressedAt, suppressedReason } = state;
  const contact = { id: row.id, consents, suppressed_at: suppressedAt, suppressed_reason: suppressedReason };
  return { contact, ledger, optedOutAt, isBack: row.suppressed_reason === "opt-out" && suppressedReason === null };
}

const isBy = ({ id, phone, wa_id, bsuid }: Row, { contactId, sender }: ConsentAct): boolean =>
  id === contactId ||
  (sender.waId !== null && (wa_id === sender.waId || phone === phoneOf(sender.waId))) ||
  (sender.bsuid !== null && bsuid === sender.bsuid);

const ledgerRow = (
  contactId: string,
  { source, wording: wrote, proof, at }: ConsentAct,
  { purpose, state, wording, expiresAt, isAgain, liftsStop }: ConsentRow & { liftsStop: boolean },
) => ({
  id: newId(),
  contact_id: contactId,
  purpose,
  state,
  source,
  wording,
  proof: { ...proof, ...(isAgain && wrote && { wrote }), ...(liftsStop && { liftedStop: true }) },
  actor: source === "api" ? "api" : "contact",
  at: at.toISOString(),
  expires_at: expiresAt,
  is_again: isAgain,
});
