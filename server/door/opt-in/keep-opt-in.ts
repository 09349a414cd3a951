import type { FormLanguage } from "#db/schema/index.ts";
import { addMonths } from "#flow/gate/consent.ts";
import { inTransaction } from "#server/engine/query.ts";
import { changeConsents } from "#server/engine/webhooks/change-consents.ts";
import type { Door } from "../door.ts";
import type { FoundOptIn } from "./find-opt-in.ts";
import { type AskedPurpose, wordingOf } from "./opt-in-page.ts";

/** What a person agreed to on the page, and what tells later how. */
export type GivenOptIn = { purposes: AskedPurpose[]; language: FormLanguage; userAgent: string };

export type KeptOptIn = { liftedStop: boolean };

const useLink = `
update opt_in_link set used_at = $2 where code = $1 and used_at is null and expires_at > $2 returning code`;

const readPerson = "select wa_id, phone, bsuid from contact where id = $1 and workspace_id = $2";
type Person = { wa_id: string | null; phone: string | null; bsuid: string | null };

/**
 * Writes the consents with the very words that were on the page, and uses the link up, all or nothing. A STOP of that number is taken
 * back by it, a block by the bank is not. Null when the link was used or ran out in the meantime.
 */
export function keepOptIn(
  door: Door,
  { link, company, consentMonths }: FoundOptIn,
  given: GivenOptIn,
): Promise<KeptOptIn | null> {
  const at = door.clock.now();
  const expiresAt = consentMonths === null ? null : addMonths(at, consentMonths);
  const { workspaceId, contactId, code } = link;
  return inTransaction(door.pool, async (client) => {
    if ((await client.query(useLink, [code, at])).rowCount === 0) return null;
    const [person] = (await client.query<Person>(readPerson, [contactId, workspaceId])).rows;
    if (!person) return null;
    const lifted = await changeConsents(client, {
      workspaceId,
      acts: [
        {
          contactId,
          sender: { waId: person.wa_id ?? person.phone?.slice(1) ?? null, bsuid: person.bsuid, name: null },
          source: "page",
          act: "start",
          wording: null,
          at,
          proof: { link: code.slice(0, 6), language: given.language, userAgent: given.userAgent },
          grants: given.purposes.map((purpose) => ({
            purpose,
            wording: wordingOf(given.language, company, purpose),
            expiresAt,
          })),
        },
      ],
      now: at,
    });
    return { liftedStop: lifted.size > 0 };
  });
}
