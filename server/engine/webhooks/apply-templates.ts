import type pg from "pg";
import { onClient } from "#db/client.ts";
import type { TemplateCategory } from "#flow/template.ts";
import type { ChannelEvent } from "#server/channels/channel-event.ts";
import { type TemplateNews, tellAuthors } from "#server/templates/tell-authors.ts";
import { query, type Statement } from "../query.ts";
import { type HookPlace, isKind } from "./call-event.ts";

/**
 * An approval is noted at the language's newest version, too: it is the text that was waiting for it. What is news to us has the
 * engine look at who waits for the template.
 */
const updateTemplate: Statement = {
  name: "webhooks-template",
  text: `
    with known as materialized (
      select l.template_id, l.language, l.status
      from template_language l join template t on t.id = l.template_id
      where l.workspace_id = $1 and (l.provider_id = $2 or (l.provider_id is null and t.name = $3 and l.language = $4))
      for no key update of l
    ), told as (
      update template_language l set status = $5, status_reason = $6, updated_at = now()
      from known k where l.template_id = k.template_id and l.language = k.language
      returning l.template_id, l.language
    ), moved as (
      update template t set moved_at = clock_timestamp() from known k where t.id = k.template_id and k.status <> $5
    ), kept as (
      update template_version v set approved_at = now()
      from told
      where $5 = 'approved' and v.template_id = told.template_id and v.language = told.language and v.approved_at is null
        and v.number = (select max(n.number) from template_version n where n.template_id = v.template_id and n.language = v.language)
    )
    select t.id as template_id, t.name, k.language from known k join template t on t.id = k.template_id where k.status <> $5`,
};

/** By the id of one of its languages; by its name while the provider's ids are not known here. */
const updateCategory: Statement = {
  name: "webhooks-template-category",
  text: `
    update template t set category = $4, updated_at = now(), moved_at = clock_timestamp()
    from (
      select t.id, t.category from template t
      where t.workspace_id = $1 and t.category <> $4 and (
        exists (select 1 from template_language l where l.template_id = t.id and l.provider_id = $2)
        or (t.name = $3 and not exists (select 1 from template_language l where l.template_id = t.id and l.provider_id is not null)))
      for no key update
    ) before
    where t.id = before.id
    returning t.id as template_id, t.name, before.category as "from", t.category as "to"`,
};

const writeQuality: Statement = {
  name: "webhooks-template-quality",
  text: `
    update template_language l set quality = $5
    from (
      select l.template_id, l.language, l.quality, t.name
      from template_language l join template t on t.id = l.template_id
      where l.workspace_id = $1 and l.quality is distinct from $5
        and (l.provider_id = $2 or (l.provider_id is null and t.name = $3 and l.language = $4))
      for no key update of l
    ) before
    where l.template_id = before.template_id and l.language = before.language
    returning l.template_id, before.name, l.language, before.quality as before`,
};

type Told = { template_id: string; name: string };

/**
 * Takes in what the provider says of templates: what became of them, as what it takes them, how people like them. The authors are told
 * of what is news.
 */
export async function applyTemplates(
  client: pg.ClientBase,
  { workspaceId }: HookPlace,
  { events, now }: { events: readonly ChannelEvent[]; now: Date },
): Promise<void> {
  const news: TemplateNews[] = [];
  for (const { providerId, name, language, status, reason } of events.filter(isKind("template"))) {
    const values = [workspaceId, providerId, name, language, status, reason];
    const told = await query<Told & { language: string }>(client, updateTemplate, values);
    news.push(...told.map(({ template_id: templateId, ...one }) => ({ ...one, templateId, status, reason })));
  }
  for (const { providerId, name, category } of events.filter(isKind("template-category"))) {
    const values = [workspaceId, providerId, name, category];
    const told = await query<Told & { from: TemplateCategory; to: TemplateCategory }>(client, updateCategory, values);
    news.push(...told.map(({ template_id: templateId, ...one }) => ({ ...one, templateId })));
  }
  for (const { providerId, name, language, quality } of events.filter(isKind("template-quality"))) {
    const values = [workspaceId, providerId, name, language, quality];
    const told = await query<Told & { language: string; before: string | null }>(client, writeQuality, values);
    news.push(...told.map(({ template_id: templateId, ...one }) => ({ ...one, templateId, quality })));
  }
  if (news.length > 0)
    await tellAuthors(onClient(client), { clock: { now: () => now }, actor: "system", workspaceId }, news);
}
