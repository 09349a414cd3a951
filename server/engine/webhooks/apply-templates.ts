import type pg from "pg";
import { onClient } from "#db/client.ts";
import type { TemplateCategory } from "#flow/template.ts";
import type { ChannelEvent } from "#server/channels/channel-event.ts";
import { keepAccountStatus } from "#server/templates/keep-account-status.ts";
import { type TemplateNews, tellAuthors } from "#server/templates/tell-authors.ts";
import { query, type Statement } from "../query.ts";
import { type EventOf, type HookPlace, isKind } from "./call-event.ts";

/** By the provider's id; by name and language while no id is known here. */
const findLanguages: Statement = {
  name: "webhooks-template",
  text: `
    select l.template_id, t.name, l.language,
           (select account_id from channel where id = $5) as account_id
    from template_language l join template t on t.id = l.template_id
    where l.workspace_id = $1 and (
      l.provider_id = $2
      or exists (select from template_account a where a.template_id = l.template_id and a.language = l.language and a.provider_id = $2)
      or (l.provider_id is null and t.name = $3 and l.language = $4))
    for no key update of l`,
};

/** An approval is noted at the language's newest version, too: it is the text that was waiting for it. */
const noteApproval: Statement = {
  name: "webhooks-template-approved",
  text: `
    update template_version v set approved_at = now()
    where v.template_id = $1 and v.language = $2 and v.approved_at is null
      and v.number = (select max(n.number) from template_version n where n.template_id = v.template_id and n.language = v.language)`,
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
        or exists (select 1 from template_account a where a.template_id = t.id and a.provider_id = $2)
        or (t.name = $3 and not exists (select 1 from template_language l where l.template_id = t.id and l.provider_id is not null)))
      for no key update
    ) before
    where t.id = before.id
    returning t.id as template_id, t.name, before.category as "from", t.category as "to"`,
};

const writeQuality: Statement = {
  name: "webhooks-template-quality",
  text: `
    with here as (
      update template_account set quality = $5 where workspace_id = $1 and provider_id = $2
    )
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
  place: HookPlace,
  { events, now }: { events: readonly ChannelEvent[]; now: Date },
): Promise<void> {
  const { workspaceId } = place;
  const news: TemplateNews[] = [];
  for (const event of events.filter(isKind("template")))
    news.push(...(await takeStatus(client, place, { event, now })));
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

/** The account is that of the number whose call it is; what is news is answered. */
async function takeStatus(
  client: pg.ClientBase,
  { workspaceId, channelId }: HookPlace,
  { event, now }: { event: EventOf<"template">; now: Date },
): Promise<TemplateNews[]> {
  const { providerId, name, language, status, reason } = event;
  type Found = Told & { language: string; account_id: string };
  const found = await query<Found>(client, findLanguages, [workspaceId, providerId, name, language, channelId]);
  const [first] = found;
  if (!first) return [];
  const words = found.map((one) => ({
    templateId: one.template_id,
    language: one.language,
    status,
    reason,
    providerId,
    quality: null,
  }));
  const place = { workspaceId, accountId: first.account_id, now };
  const changed = await keepAccountStatus(onClient(client), place, words);
  if (status === "approved")
    for (const one of found) await query(client, noteApproval, [one.template_id, one.language]);
  return changed.map((one) => ({
    templateId: one.templateId,
    name: first.name,
    language: one.language,
    status,
    reason,
  }));
}
