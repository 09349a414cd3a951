import { and, count, desc, eq, gte, inArray } from "drizzle-orm";
import { z } from "zod";
import { message, template, templateLanguage } from "#db/schema/index.ts";
import { allButtons, type TemplateStatus } from "#flow/template.ts";
import type { Actor } from "#server/trpc.ts";
import type { LanguageRow, TemplateRow } from "./find-template.ts";
import { accountsApart, readAccounts, type TemplateAccount } from "./read-accounts.ts";
import { readTemplateUse } from "./template-use.ts";

export const templateTabs = ["all", "approved", "submitted", "rejected", "paused", "draft"] as const;
export type TemplateTab = (typeof templateTabs)[number];

export const ListTemplates = z.strictObject({
  search: z.string().max(200).default(""),
  status: z.enum(templateTabs).default("all"),
  language: z.string().max(10).optional(),
  /** As things stand at this WhatsApp account; left out: as a whole, and a tab shows what is so at any account. */
  account: z.string().max(100).optional(),
});

/** Days that "sent" counts. */
export const sentDays = 30;

/** The list of templates. Tab counts follow search, language and account, not the tab; `total` is all there are. */
export async function listTemplates(
  actor: Actor,
  { search, status, language, account }: z.infer<typeof ListTemplates>,
) {
  const { all, accounts } = await readTemplates(actor, account);
  const use = await readTemplateUse(actor.db, actor.session.workspaceId);
  const sent = await countSent(actor);
  const fits = {
    search: (row: Listed) => matches(row, search.trim().toLowerCase()),
    language: (row: Listed) => !language || row.languages.some((one) => one.language === language),
    tab: (row: Listed) => isUnder(row, status),
  };
  const found = all.filter((row) => fits.search(row) && fits.language(row));
  const shown = found.filter(fits.tab);
  return {
    templates: shown.map(({ languages, ...row }) => ({
      ...row,
      languages: languages.map((one) => ({
        language: one.language,
        status: one.status,
        statusReason: one.statusReason,
      })),
      quality: worstQuality(languages.map((one) => one.quality)),
      usedIn: use.get(row.name) ?? [],
      sent: sent.get(row.name) ?? 0,
    })),
    counts: Object.fromEntries(
      templateTabs.map((tab) => [tab, found.filter((row) => isUnder(row, tab)).length]),
    ) as Record<TemplateTab, number>,
    /** The WhatsApp accounts of the workspace, the one that sends first. */
    accounts,
    languages: [...new Set(all.flatMap((row) => row.languages.map((one) => one.language)))].sort(),
    /** How many there would be without one of the filters: what to offer when nothing is left. */
    without: {
      search: all.filter((row) => fits.language(row) && fits.tab(row)).length,
      language: all.filter((row) => fits.search(row) && fits.tab(row)).length,
      tab: found.length,
    },
    total: all.length,
  };
}

type Listed = Pick<TemplateRow, "id" | "name" | "category" | "updatedAt"> & {
  languages: LanguageRow[];
  status: TemplateStatus;
  /** How it stands at each account, where they do not all say the same. */
  accounts: AccountStanding[];
};
type AccountStanding = Pick<TemplateAccount, "accountId" | "numbers" | "isSending" | "languages"> & {
  status: TemplateStatus;
};

async function readTemplates({ db, session }: Actor, account: string | undefined) {
  const rows = await db
    .select({ id: template.id, name: template.name, category: template.category, updatedAt: template.updatedAt })
    .from(template)
    .where(eq(template.workspaceId, session.workspaceId))
    .orderBy(desc(template.updatedAt), template.name);
  const languages = await db
    .select()
    .from(templateLanguage)
    .where(eq(templateLanguage.workspaceId, session.workspaceId))
    .orderBy(templateLanguage.language);
  const byTemplate = Map.groupBy(languages, (row) => row.templateId);
  const standingsOf = await readAccounts(db, session.workspaceId);
  const all = rows.map((row): Listed => {
    const stored = byTemplate.get(row.id) ?? [];
    const standings = standingsOf(stored);
    const own = asAt(
      stored,
      standings.find(({ accountId }) => accountId === account),
    );
    const status = overallStatus(own.map((one) => one.status));
    return { ...row, languages: own, status, accounts: account ? [] : accountsApart(standings).map(withStatus) };
  });
  return { all, accounts: standingsOf([]).map(({ accountId, numbers }) => ({ accountId, numbers })) };
}

const withStatus = ({ accountId, numbers, isSending, languages }: TemplateAccount): AccountStanding => ({
  ...{ accountId, numbers, isSending, languages },
  status: overallStatus(languages.map((one) => one.status)),
});

/** The languages with the words of one account in the place of the whole's. */
function asAt(languages: LanguageRow[], account: TemplateAccount | undefined): LanguageRow[] {
  return languages.map((row) => {
    const here = account?.languages.find((one) => one.language === row.language);
    return here ? { ...row, status: here.status, statusReason: here.statusReason, quality: here.quality } : row;
  });
}

async function countSent({ db, clock, session }: Actor): Promise<Map<string | null, number>> {
  const since = new Date(clock.now().getTime() - sentDays * 86_400_000);
  const rows = await db
    .select({ name: message.template, sent: count() })
    .from(message)
    .where(
      and(
        eq(message.workspaceId, session.workspaceId),
        gte(message.createdAt, since),
        inArray(message.status, ["sent", "delivered", "read"]),
      ),
    )
    .groupBy(message.template);
  return new Map(rows.map((row) => [row.name, row.sent]));
}

/** First what somebody must act on, then what can be sent, then what is on its way. */
const byUrgency: readonly TemplateStatus[] = [
  "disabled",
  "paused",
  "rejected",
  "declined",
  "changes-requested",
  "approved",
  "submitted",
  "in-review",
  "draft",
];

/** One status for a template of several languages. */
export function overallStatus(statuses: readonly TemplateStatus[]): TemplateStatus {
  return byUrgency.find((status) => statuses.includes(status)) ?? "draft";
}

/** How people take it, as WhatsApp sees it: the worst of its languages; null where it has told of none. */
function worstQuality(qualities: readonly LanguageRow["quality"][]): "green" | "yellow" | "red" | null {
  return (["red", "yellow", "green"] as const).find((word) => qualities.includes(word)) ?? null;
}

/** Whether a tab shows it: by the template as a whole, or by what one of the accounts says. */
const isUnder = ({ status, accounts }: Listed, tab: TemplateTab): boolean =>
  tab === "all" || [status, ...accounts.map((one) => one.status)].some((one) => tabOf(one) === tab);

function tabOf(status: TemplateStatus): TemplateTab {
  if (status === "in-review") return "submitted";
  if (status === "changes-requested" || status === "declined") return "rejected";
  return status === "disabled" ? "paused" : status;
}

/** Name, text or button, as the search field promises. */
function matches({ name, languages }: Listed, words: string): boolean {
  if (words === "") return true;
  const texts = languages.flatMap((one) => [
    one.body,
    one.footer ?? "",
    one.header && "text" in one.header ? one.header.text : "",
    ...(one.header?.kind === "cards" ? one.header.cards.map((card) => card.body) : []),
    ...allButtons(one).map((button) => button.text),
  ]);
  return [name, ...texts].some((text) => text.toLowerCase().includes(words));
}
