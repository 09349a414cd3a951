import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { channel, template, templateLanguage } from "#db/schema/index.ts";
import { type TemplateCategory, type TemplateStatus, templateCategories } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ProviderTemplate } from "#server/channels/channel-calls.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { openConnection } from "#server/channels/open-connection.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { readStandings, standingAt } from "./account-standing.ts";
import { keepAccountStatus } from "./keep-account-status.ts";
import { keepVersion } from "./keep-version.ts";
import { type TemplateNews, tellAuthors } from "./tell-authors.ts";

export const SyncTemplates = z.strictObject({});

export type SyncReport = {
  /** Texts that WhatsApp told of. */
  told: number;
  /** What is different here now. */
  changed: { name: string; language: string; status: TemplateStatus }[];
  /** Texts WhatsApp has and this workspace has not, or has as another draft. */
  elsewhere: { name: string; language: string }[];
  /** Numbers whose provider gave no full answer, in its words. */
  failed: { channel: string; detail: string }[];
};

const askTimeoutMs = 30_000;
/** Pages of 100: an account holds 6,000 templates at most (Meta, message templates: limits). */
const mostPages = 80;

/**
 * Asks WhatsApp for the state of every template now, instead of waiting for its webhooks: status, reason, quality and category.
 * What a number's provider does not answer changes nothing.
 */
export async function syncTemplates(actor: Actor): Promise<SyncReport> {
  const { db, env, session } = actor;
  const channels = await db
    .select()
    .from(channel)
    .where(eq(channel.workspaceId, session.workspaceId))
    .orderBy(channel.createdAt, channel.id);
  // Numbers of one account have the same templates.
  const accounts = [...new Map(channels.map((row) => [`${row.baseUrl} ${row.accountId}`, row])).values()];
  if (accounts.length === 0)
    throw new DomainError("refused", "No WhatsApp number is connected. Connect one under Channels, then ask again.");
  const answers = await Promise.all(
    accounts.map(async (row) => ({ ...row, answer: await askAll(openConnection(env.secret, row)) })),
  );
  const told = answers.reduce((sum, { answer }) => sum + answer.items.length, 0);
  const applied = await apply(
    actor,
    answers.map(({ accountId, answer }) => ({ accountId, told: answer.items })),
  );
  const failed = answers.flatMap(({ name, answer }) =>
    answer.failure === null ? [] : [{ channel: name, detail: answer.failure }],
  );
  return { told, ...applied, failed };
}

type Answer = { items: ProviderTemplate[]; failure: string | null };

async function askAll(connection: ReturnType<typeof openConnection>): Promise<Answer> {
  const items: ProviderTemplate[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const place = { connection, signal: AbortSignal.timeout(askTimeoutMs) };
    const result: Awaited<ReturnType<typeof metaCloud.listTemplates>> = await metaCloud.listTemplates(place, { after });
    if (result.outcome !== "done") return { items, failure: result.detail };
    items.push(...result.value.items);
    after = result.value.next;
    if (after === null) break;
  }
  return { items, failure: null };
}

type Known = {
  templateId: string;
  name: string;
  category: TemplateCategory;
  language: string;
  body: string;
  status: TemplateStatus;
  statusReason: string | null;
  providerId: string | null;
  quality: string | null;
};

/** What an account answered. */
type Answered = { accountId: string; told: ProviderTemplate[] };
type Applied = Pick<SyncReport, "changed" | "elsewhere">;

function apply(actor: Actor, answered: readonly Answered[]): Promise<Applied> {
  const { db, session } = actor;
  return db.transaction(async (tx) => {
    const applied: Applied = { changed: [], elsewhere: [] };
    for (const one of answered) {
      const { changed, elsewhere } = await applyAccount(tx, actor, one);
      applied.changed.push(...changed);
      applied.elsewhere.push(...elsewhere);
    }
    const told = answered.reduce((sum, one) => sum + one.told.length, 0);
    await recordAudit(tx, actor, {
      action: "sync-templates",
      subject: "workspace",
      subjectId: session.workspaceId,
      detail: { told, changed: applied.changed },
    });
    return applied;
  });
}

async function applyAccount(tx: Transaction, actor: Actor, { accountId, told }: Answered): Promise<Applied> {
  const { workspaceId } = actor.session;
  const now = actor.clock.now();
  const known = await readKnown(tx, workspaceId, accountId);
  const pairs = told.map((one) => ({ one, row: known.find((row) => isSame(row, one)) }));
  const changes = pairs.flatMap(({ one, row }) => (row && isDifferent(row, one) ? [{ one, row }] : []));
  const words = changes.map(({ one, row }) => ({
    templateId: row.templateId,
    language: row.language,
    status: one.status ?? row.status,
    reason: one.reason,
    providerId: one.providerId,
    quality: one.quality ?? row.quality,
  }));
  await keepAccountStatus(tx, { workspaceId, accountId, now }, words);
  await moveCategories(actor, tx, changes);
  await tellAuthors(tx, actor, changes.flatMap(newsOf));
  for (const { one, row } of changes)
    if (one.status === "approved")
      await keepVersion(tx, actor, { templateId: row.templateId, language: row.language, isApproved: true });
  return {
    changed: changes.map(({ one, row }) => ({
      name: row.name,
      language: row.language,
      status: one.status ?? row.status,
    })),
    elsewhere: pairs.flatMap(({ one, row }) => (row ? [] : [{ name: one.name, language: one.language }])),
  };
}

/** As they stand at the account. */
async function readKnown(tx: Transaction, workspaceId: string, accountId: string): Promise<Known[]> {
  const rows = await tx
    .select({ template, language: templateLanguage })
    .from(templateLanguage)
    .innerJoin(template, eq(template.id, templateLanguage.templateId))
    .where(eq(templateLanguage.workspaceId, workspaceId))
    .for("update");
  const standing = await readStandings(tx, workspaceId);
  return rows.map(({ template: { id: templateId, name, category }, language: row }) => ({
    templateId,
    name,
    category,
    language: row.language,
    body: row.body,
    ...standingAt(standing, row, accountId),
  }));
}

/**
 * The provider's id decides. Without one it must be the same text: a draft may bear the name and language of another text that was
 * made elsewhere, and a text that got lost on the way back from the provider is found again by this.
 */
function isSame(row: Known, one: ProviderTemplate): boolean {
  if (row.providerId !== null) return row.providerId === one.providerId;
  if (row.name !== one.name || row.language !== one.language) return false;
  const isWithProvider = !["draft", "in-review", "rejected"].includes(row.status);
  return isWithProvider || one.components.some((part) => part.type === "BODY" && part.text === row.body);
}

function isDifferent(row: Known, one: ProviderTemplate): boolean {
  return (
    (one.status !== null && one.status !== row.status) ||
    one.reason !== row.statusReason ||
    one.providerId !== row.providerId ||
    (one.quality ?? row.quality) !== row.quality ||
    (categoryOf(one) ?? row.category) !== row.category
  );
}

const categoryOf = ({ category }: ProviderTemplate) => templateCategories.find((known) => known === category);

function newsOf({ one, row }: { one: ProviderTemplate; row: Known }): TemplateNews[] {
  const { templateId, name, language } = row;
  const category = categoryOf(one) ?? row.category;
  const { status, reason, quality } = one;
  return [
    ...(status !== null && status !== row.status ? [{ templateId, name, language, status, reason }] : []),
    ...(category === row.category ? [] : [{ templateId, name, from: row.category, to: category }]),
    ...(quality === null || quality === row.quality
      ? []
      : [{ templateId, name, language, before: row.quality, quality }]),
  ];
}

/** WhatsApp may hold a template for another category than it was submitted in; that one counts. */
async function moveCategories(
  { clock, session }: Actor,
  tx: Parameters<typeof keepVersion>[0],
  changes: { one: ProviderTemplate; row: Known }[],
): Promise<void> {
  for (const category of templateCategories) {
    const moved = changes.filter(({ one, row }) => categoryOf(one) === category && row.category !== category);
    if (moved.length === 0) continue;
    await tx
      .update(template)
      .set({ category, updatedAt: clock.now(), movedAt: clock.now() })
      .where(
        and(
          eq(template.workspaceId, session.workspaceId),
          inArray(
            template.id,
            moved.map(({ row }) => row.templateId),
          ),
        ),
      );
  }
}
