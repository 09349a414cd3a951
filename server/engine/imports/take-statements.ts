import type { Statement } from "../query.ts";

/** One worker at a time takes an import's rows; a stop waits for the slice under way. */
export const claimImport: Statement = {
  name: "imports-claim",
  text: `
    select id, workspace_id, file_name, columns, mapping, consent, created_by
    from contact_import where state = 'running' order by started_at limit 1 for update skip locked`,
};

export const readRows: Statement = {
  name: "imports-rows",
  text: `
    select row, cells from contact_import_row
    where import_id = $1 and state = 'waiting' order by row limit $2`,
};

export const finish: Statement = {
  name: "imports-finish",
  text: `
    update contact_import set state = 'done', ended_at = $2 where id = $1 and state = 'running'
    returning created + updated + without_consent as people, refused`,
};

/** In id order, as the engine and the door lock them. */
export const lockPeople: Statement = {
  name: "imports-people",
  text: `
    select id, external_id as "externalId", phone, wa_id as "waId", email, first_name as "firstName", last_name as "lastName", locale, timezone,
           attributes, tags, consents
    from contact
    where workspace_id = $1 and (external_id = any($2::text[]) or phone = any($3::text[]))
    order by id for update`,
};

export const findTaken: Statement = {
  name: "imports-taken",
  text: "select contact_id, row from contact_import_row where import_id = $1 and contact_id = any($2::uuid[])",
};

const columns = `
  id uuid, "externalId" text, phone text, "waId" text, email text, "firstName" text, "lastName" text, locale text, timezone text,
  attributes jsonb, tags text[], consents jsonb`;

export const makePeople: Statement = {
  name: "imports-make-people",
  text: `
    insert into contact (id, workspace_id, shard, external_id, phone, email, first_name, last_name, locale, timezone, attributes, tags, consents,
                         created_at, updated_at)
    select id, "workspaceId", shard, "externalId", phone, email, "firstName", "lastName", locale, timezone, attributes, tags, consents, $2, $2
    from json_to_recordset($1::json) as made(${columns}, "workspaceId" uuid, shard smallint)`,
};

export const changePeople: Statement = {
  name: "imports-change-people",
  text: `
    update contact set
      external_id = said."externalId", phone = said.phone, wa_id = said."waId", email = said.email, first_name = said."firstName",
      last_name = said."lastName", locale = said.locale, timezone = said.timezone, attributes = said.attributes, tags = said.tags,
      consents = said.consents, updated_at = $2
    from json_to_recordset($1::json) as said(${columns})
    where contact.id = said.id`,
};

export const keepConsents: Statement = {
  name: "imports-consents",
  text: `
    insert into consent (id, workspace_id, contact_id, purpose, state, source, wording, proof, actor, at)
    select id, "workspaceId", "contactId", purpose, 'granted', 'import', wording, proof, $2, at
    from json_to_recordset($1::json) as said(id uuid, "workspaceId" uuid, "contactId" uuid, purpose text, wording text, proof jsonb, at timestamptz)`,
};

/** What was taken without a remark needs its cells no more. */
export const settleRows: Statement = {
  name: "imports-settle",
  text: `
    with said as materialized (
      select * from json_to_recordset($2::json) as said(row integer, state text, finding jsonb, "contactId" uuid, outcome text)
    ), settled as (
      update contact_import_row r
      set state = said.state, finding = said.finding, contact_id = said."contactId", outcome = said.outcome,
          cells = case when said.state = 'taken' then '[]' else r.cells end
      from said where r.import_id = $1 and r.row = said.row
    )
    update contact_import set
      created = created + (select count(*) from said where outcome = 'created'),
      updated = updated + (select count(*) from said where outcome = 'updated'),
      without_consent = without_consent + (select count(*) from said where outcome = 'withoutConsent'),
      refused = refused + (select count(*) from said where outcome = 'refused')
    where id = $1`,
};
