import type pg from "pg";
import type { FormText } from "#db/schema/index.ts";
import { addMonths, consentPurposes } from "#flow/gate/consent.ts";
import { query, type Statement } from "../query.ts";
import type { ConsentAct } from "./consent-acts.ts";
import type { Sender } from "./sender-book.ts";

/** What somebody wrote, and whose contact that is. */
export type Written = { contactId: string; sender: Sender; text: string; wamid: string };

/** A code is taken once, by whoever writes it first: they have the number that the message came from. */
const takeSignUps: Statement = {
  name: "inbound-sign-ups",
  text: `
    with taken as (
      update opt_in_sign_up s set confirmed_at = $3, contact_id = x.contact_id
      from json_to_recordset($2::json) as x(place integer, code text, contact_id uuid)
      where s.workspace_id = $1 and s.confirm_code = x.code and s.confirmed_at is null and s.expires_at > $3
      returning x.place, s.form_id, s.phone, s.language, s.wordings, s.ip_hash, s.user_agent, s.created_at
    ), counted as (
      update opt_in_form f set confirmed = f.confirmed + t.people
      from (select form_id, count(*)::integer as people from taken group by 1) t where f.id = t.form_id
    )
    select t.*, f.name, f.source, w.consent_months
    from taken t join opt_in_form f on f.id = t.form_id join workspace w on w.id = f.workspace_id`,
};

type Row = {
  place: number;
  form_id: string;
  phone: string;
  language: string;
  wordings: FormText["wordings"];
  ip_hash: string;
  user_agent: string;
  created_at: Date;
  name: string;
  source: string;
  consent_months: number | null;
};

/** A code as the form's page tells people to send it; an ordinary word of eight letters is looked up in vain. */
const codeWord = /(?<![0-9A-Z])[2-9A-HJ-NP-Z]{8}(?![0-9A-Z])/;
const longestText = 300;

/**
 * Sign-ups on opt-in forms whose code somebody has written: each becomes a consent of the writer, with the words that were on the form.
 * Answers the acts by the place of what was written.
 */
export async function confirmSignUps(
  client: pg.ClientBase,
  workspaceId: string,
  { written, now }: { written: readonly Written[]; now: Date },
): Promise<Map<number, ConsentAct>> {
  const codes = written.flatMap(({ text, contactId }, place) => {
    const code = text.length > longestText ? undefined : codeWord.exec(text.toUpperCase())?.[0];
    return code ? [{ place, code, contact_id: contactId }] : [];
  });
  if (codes.length === 0) return new Map();
  const rows = await query<Row>(client, takeSignUps, [workspaceId, JSON.stringify(codes), now]);
  return new Map(
    rows.flatMap((row): [number, ConsentAct][] => {
      const letter = written[row.place];
      return letter ? [[row.place, actOf(row, letter, now)]] : [];
    }),
  );
}

function actOf(row: Row, { contactId, sender, text, wamid }: Written, now: Date): ConsentAct {
  const expiresAt = row.consent_months === null ? null : addMonths(now, row.consent_months);
  return {
    contactId,
    sender,
    source: "form",
    act: "start",
    wording: null,
    at: now,
    proof: {
      form: row.name,
      formId: row.form_id,
      place: row.source,
      language: row.language,
      signedUpAt: row.created_at.toISOString(),
      // The number that was typed may be somebody else's, or another spelling of the same.
      isTypedNumber: row.phone === `+${sender.waId}`,
      ipHash: row.ip_hash,
      userAgent: row.user_agent,
      wamid,
      wrote: text,
    },
    grants: consentPurposes.flatMap((purpose) => {
      const wording = row.wordings[purpose];
      return wording === undefined ? [] : [{ purpose, wording, expiresAt }];
    }),
  };
}
