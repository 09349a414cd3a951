import type pg from "pg";
import type { ChannelEvent } from "#server/channels/channel-event.ts";
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
    )
    update template_version v set approved_at = now()
    from told
    where $5 = 'approved' and v.template_id = told.template_id and v.language = told.language and v.approved_at is null
      and v.number = (select max(n.number) from template_version n where n.template_id = v.template_id and n.language = v.language)`,
};

/** By the id of one of its languages; by its name while the provider's ids are not known here. */
const updateCategory: Statement = {
  name: "webhooks-template-category",
  text: `
    update template t set category = $4, updated_at = now(), moved_at = clock_timestamp()
    where t.workspace_id = $1 and t.category <> $4 and (
      exists (select 1 from template_language l where l.template_id = t.id and l.provider_id = $2)
      or (t.name = $3 and not exists (select 1 from template_language l where l.template_id = t.id and l.provider_id is not null)))`,
};

const writeQuality: Statement = {
  name: "webhooks-template-quality",
  text: `
    update template_language l set quality = $5
    from template t
    where t.id = l.template_id and l.workspace_id = $1 and l.quality is distinct from $5
      and (l.provider_id = $2 or (l.provider_id is null and t.name = $3 and l.language = $4))`,
};

/** Takes in what the provider says of templates: what became of them, as what it takes them, how people like them. */
export async function applyTemplates(
  client: pg.ClientBase,
  { workspaceId }: HookPlace,
  events: readonly ChannelEvent[],
): Promise<void> {
  for (const { providerId, name, language, status, reason } of events.filter(isKind("template")))
    await query(client, updateTemplate, [workspaceId, providerId, name, language, status, reason]);
  for (const { providerId, name, category } of events.filter(isKind("template-category")))
    await query(client, updateCategory, [workspaceId, providerId, name, category]);
  for (const { providerId, name, language, quality } of events.filter(isKind("template-quality")))
    await query(client, writeQuality, [workspaceId, providerId, name, language, quality]);
}
