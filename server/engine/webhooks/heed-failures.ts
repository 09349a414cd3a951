import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { changeConsents } from "./change-consents.ts";
import type { ConsentAct } from "./consent-acts.ts";

/** A message that failed for a reason that is about its person: they want no marketing, or WhatsApp does not reach them. */
export type PersonalFailure = {
  contactId: string;
  why: "consent" | "unreachable";
  /** As the provider names the person, so that all contacts with their number are meant. */
  recipient: { waId: string | null; bsuid: string | null };
  code: number;
  at: Date;
};

/** In id order, as all who write contacts. Who is kept out for another reason stays so. */
const suppress: Statement = {
  name: "failures-suppress",
  text: `
    update contact c set suppressed_at = $2, suppressed_reason = 'undeliverable', updated_at = $2
    from (
      select id from contact where id = any($1::uuid[]) and suppressed_at is null order by id for no key update
    ) x
    where c.id = x.id`,
};

/** Of those whose message has arrived after all. Who is kept out for another reason stays so. */
const bringBack: Statement = {
  name: "failures-bring-back",
  text: `
    update contact c set suppressed_at = null, suppressed_reason = null, updated_at = $2
    from (
      select id from contact where id = any($1::uuid[]) and suppressed_reason = 'undeliverable' order by id for no key update
    ) x
    where c.id = x.id`,
};

/**
 * What a failure means for the next messages: the consent to marketing is withdrawn, with the provider's word as proof; an address that
 * does not exist is not written to again until the person writes or a message that had failed (`reached`) arrives. To be called when
 * nothing about messages is to be locked any more: it locks contacts (dispatch/lock-order.ts).
 */
export async function heedFailures(
  client: pg.ClientBase,
  {
    workspaceId,
    failures,
    reached = [],
    now,
  }: { workspaceId: string; failures: readonly PersonalFailure[]; reached?: readonly string[]; now: Date },
): Promise<void> {
  const unreachable = failures.filter(({ why }) => why === "unreachable").map(({ contactId }) => contactId);
  if (unreachable.length > 0) await query(client, suppress, [unreachable, now]);
  if (reached.length > 0) await query(client, bringBack, [reached, now]);
  const acts = failures.filter(({ why }) => why === "consent").map(actOf);
  await changeConsents(client, { workspaceId, acts, now });
}

const actOf = ({ contactId, recipient, code, at }: PersonalFailure): ConsentAct => ({
  contactId,
  sender: { ...recipient, name: null },
  source: "provider",
  act: "stop",
  wording: null,
  at,
  proof: { code: String(code) },
});
