import { sql } from "drizzle-orm";
import type { Json } from "#flow/json.ts";
import { isAllowed } from "../auth/permissions.ts";
import type { Actor } from "../trpc.ts";

/** What is known of contacts under one name. `values`: all the texts it takes, when they are few enough to be a choice and no person's own. */
export type ContactAttribute = { name: string; sample: Json | null; values: string[] | null };

/** How many of the contacts changed last are looked at: enough to have seen every attribute, few enough for a form that opens. */
const lookedAt = 2_000;

/** More values than these are no choice any more, and one that few people share may tell who they are. */
const mostValues = 40;
const fewestPeople = 5;

/**
 * The attributes that contacts of the workspace have, sorted by name, with tags, language and zone beside them. Who may not see
 * contacts gets samples only where they are one of a few choices.
 */
export async function listAttributes({ db, session }: Actor): Promise<ContactAttribute[]> {
  const { rows } = await db.execute<{ name: string; sample: Json; people: number; values: string[] | null }>(sql`
    with recent as materialized (
      select attributes, tags, locale, timezone from contact
      where workspace_id = ${session.workspaceId} order by updated_at desc, id desc limit ${lookedAt}),
    pairs as (
      select key as name, value from recent, jsonb_each(attributes)
      union all select 'tags', to_jsonb(tag) from recent, unnest(tags) tag
      union all select 'locale', to_jsonb(locale) from recent
      union all select 'timezone', to_jsonb(timezone) from recent),
    counted as (
      select name, value, count(*)::int as people from pairs where jsonb_typeof(value) <> 'null' group by name, value)
    select name, (array_agg(value order by people desc, value))[1] as sample, sum(people)::int as people,
      case when bool_and(jsonb_typeof(value) = 'string') and count(*) <= ${mostValues} and sum(people) >= ${fewestPeople} * count(*)
        then array_agg(value #>> '{}' order by value #>> '{}') end as values
    from counted group by name order by name`);
  const maySee = isAllowed(session.role, "see-contacts");
  return rows.map(({ name, sample, values }) => ({
    name,
    values,
    sample: maySee || values ? (name === "tags" ? [sample] : sample) : hideText(sample),
  }));
}

/** A number or a date tells nobody's name, a text may. */
const hideText = (sample: Json): Json | null =>
  typeof sample === "number" || typeof sample === "boolean" ? sample : null;
