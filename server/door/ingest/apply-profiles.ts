import type { ClientBase } from "pg";
import { newId } from "#server/id.ts";
import { applyProfile, type ConsentRow, type Profile } from "./apply-profile.ts";
import type { ProfileChange } from "./profile-change.ts";

/** One identify and the contact it was resolved to; `link` holds the ids it says belong together. */
export type ProfileTask = {
  contactId: string;
  link: { externalId: string; anonymousId: string | null } | null;
  change: ProfileChange;
};

/** The people changed under our feet (somebody else took this anonymous contact over): the group is stored again. */
export class StaleContact extends Error {}

type Row = Profile & { id: string; workspaceId: string; externalId: string | null; anonymousId: string | null };

/** Locked in id order, as the engine does: two writers never wait for each other. */
const lockSql = `
select id, workspace_id as "workspaceId", external_id as "externalId", anonymous_id as "anonymousId", phone, wa_id as "waId",
  email, first_name as "firstName", last_name as "lastName", locale, timezone, attributes, consents
from contact where id = any($1::uuid[]) order by id for update`;

const updateSql = `
update contact set
  external_id = input."externalId", anonymous_id = input."anonymousId", phone = input.phone, wa_id = input."waId", email = input.email,
  first_name = input."firstName", last_name = input."lastName", locale = input.locale, timezone = input.timezone,
  attributes = input.attributes, consents = input.consents, updated_at = $2
from json_to_recordset($1::json) as input(id uuid, "externalId" text, "anonymousId" text, phone text, "waId" text, email text,
  "firstName" text, "lastName" text, locale text, timezone text, attributes jsonb, consents jsonb)
where contact.id = input.id`;

const ledgerSql = `
insert into consent (id, workspace_id, contact_id, purpose, state, source, proof, actor, at)
select id, workspace_id, contact_id, purpose, state, 'identify', proof, 'system', at
from json_to_recordset($1::json) as input(id uuid, workspace_id uuid, contact_id uuid, purpose text, state text, proof jsonb, at timestamptz)`;

/** Applies the identifies of a group, in order, inside the transaction that stored their events. */
export async function applyProfiles(client: ClientBase, tasks: ProfileTask[], now: Date): Promise<void> {
  const ids = [...new Set(tasks.map((task) => task.contactId))];
  const { rows } = await client.query<Row>({ name: "door-lock-contacts", text: lockSql, values: [ids] });
  const people = new Map(rows.map((row) => [row.id, row]));
  const ledger: (ConsentRow & { id: string; workspace_id: string; contact_id: string })[] = [];
  for (const task of tasks) {
    const before = people.get(task.contactId);
    if (!before) throw new StaleContact("A contact was removed while it was identified.");
    const applied = applyProfile(before, task.change);
    people.set(before.id, { ...before, ...applied.profile, ...linkedIds(before, task.link) });
    for (const row of applied.ledger)
      ledger.push({ ...row, id: newId(), workspace_id: before.workspaceId, contact_id: before.id });
  }
  // Not prepared: a plan made while there were few contacts would join them all.
  await client.query(updateSql, [JSON.stringify([...people.values()]), now]);
  if (ledger.length > 0)
    await client.query({ name: "door-consent-ledger", text: ledgerSql, values: [JSON.stringify(ledger)] });
}

function linkedIds(before: Row, link: ProfileTask["link"]): { externalId: string | null; anonymousId: string | null } {
  if (!link) return { externalId: before.externalId, anonymousId: before.anonymousId };
  if (before.externalId !== null && before.externalId !== link.externalId) {
    throw new StaleContact("An anonymous contact was identified as somebody else at the same moment.");
  }
  return { externalId: link.externalId, anonymousId: link.anonymousId ?? before.anonymousId };
}
