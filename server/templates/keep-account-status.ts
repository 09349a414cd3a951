import { inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { template } from "#db/schema/index.ts";
import type { TemplateStatus } from "#flow/template.ts";
import { statusAtAccount } from "#server/channels/template-standing.ts";

/** What an account says of one language. `quality` null: it does not tell. */
export type AccountWord = {
  templateId: string;
  language: string;
  status: TemplateStatus;
  reason: string | null;
  providerId: string | null;
  quality: string | null;
};

type Place = { workspaceId: string; accountId: string; now: Date };
type Changed = { templateId: string; language: string; status: TemplateStatus };

/**
 * Writes what an account of the provider says of languages, and what that makes of each language as a whole: what stops people before
 * what lets them go, and what an account holds before what it has refused, so that nothing that is held is rewritten. The engine looks at
 * who waits for what has changed. Answers which are news.
 */
export async function keepAccountStatus(
  tx: Queryable,
  { workspaceId, accountId, now }: Place,
  words: readonly AccountWord[],
): Promise<Changed[]> {
  if (words.length === 0) return [];
  const at = now.toISOString();
  const { rows } = await tx.execute<Changed>(sql`
    with x as materialized (
      select * from json_to_recordset(${JSON.stringify(words)}::json)
        as x("templateId" uuid, language text, status text, reason text, "providerId" text, quality text)
    ), before as materialized (
      select l.template_id, l.language, ${sql.raw(statusAtAccount("l", "p.account_id"))} as status
      from (select ${accountId}::text as account_id) p
      cross join x join template_language l on l.template_id = x."templateId" and l.language = x.language
      for no key update of l
    ), told as (
      insert into template_account as a (template_id, language, account_id, workspace_id, status, status_reason, provider_id, quality, updated_at)
      select x."templateId", x.language, ${accountId}, ${workspaceId}::uuid, x.status, x.reason, x."providerId", x.quality, ${at}::timestamptz
      from x join before b on b.template_id = x."templateId" and b.language = x.language
      on conflict (template_id, language, account_id) do update
      set status = excluded.status, status_reason = excluded.status_reason, updated_at = excluded.updated_at,
          provider_id = coalesce(excluded.provider_id, a.provider_id), quality = coalesce(excluded.quality, a.quality)
    )
    select x."templateId", x.language, x.status
    from x join before b on b.template_id = x."templateId" and b.language = x.language
    where b.status <> x.status`);
  await tellWhole(tx, words, at);
  const moved = [...new Set(rows.map(({ templateId }) => templateId))];
  if (moved.length > 0) await tx.update(template).set({ movedAt: now }).where(inArray(template.id, moved));
  return rows;
}

/** A statement of its own: it has to see what the one before has written. */
async function tellWhole(tx: Queryable, words: readonly AccountWord[], at: string): Promise<void> {
  await tx.execute(sql`
    update template_language l
    set status = s.status, status_reason = s.status_reason, provider_id = coalesce(s.provider_id, l.provider_id),
        quality = coalesce(s.quality, l.quality), updated_at = ${at}::timestamptz
    from (
      select distinct on (a.template_id, a.language) a.template_id, a.language, a.status, a.status_reason, a.provider_id,
        first_value(a.quality) over (
          partition by a.template_id, a.language
          order by array_position(array['red', 'yellow', 'green', 'unknown'], a.quality) nulls last) as quality
      from template_account a
      join json_to_recordset(${JSON.stringify(words)}::json) as x("templateId" uuid, language text)
        on x."templateId" = a.template_id and x.language = a.language
      order by a.template_id, a.language,
        array_position(array['disabled', 'paused', 'approved', 'submitted', 'rejected', 'draft'], a.status), a.updated_at desc
    ) s
    where l.template_id = s.template_id and l.language = s.language`);
}
