import { and, count, desc, eq, gte, inArray } from "drizzle-orm";
import { z } from "zod";
import { message, template, templateLanguage } from "#db/schema/index.ts";
import { allButtons, type TemplateStatus } from "#flow/template.ts";
import type { Actor } from "#server/trpc.ts";
import type { LanguageRow, TemplateRow } from "./find-template.ts";
import { readTemplateUse } from "./template-use.ts";

export const templateTabs = ["all", "approved", "submitted", "rejected", "paused", "draft"] as const;
export type TemplateTab = (typeof templateTabs)[number];

export const ListTemplates = z.strictObject({
  search: z.string().max(200).default(""),
  status: z.enum(templateTabs).default("all"),
  language: z.string().max(10).optional(),
});

/** Days that "sent" counts. */
export const sentDays = 30;

/** The list of templates. Tab counts follow search and language, not the tab; `total` is all there are. */
export async function listTemplates(actor: Actor, { search, status, language }: z.infer<typeof ListTemplates>) {
  const all = await readTemplates(actor);
  const use = await readTemplateUse(actor.db, actor.session.workspaceId);
  const sent = await countSent(actor);
  const fits = {
    search: (row: Listed) => matches(row, search.trim().toLowerCase()),
    language: (row: Listed) => !language || row.languages.some((one) => one.language === language),
    tab: (row: Listed) => status === "all" || tabOf(row.status) === status,
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
      templateTabs.map((tab) => [tab, found.filter((row) => tab === "all" || tabOf(row.status) === tab).length]),
    ) as Record<TemplateTab, number>,
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
};

async function readTemplates({ db, session }: Actor): Promise<Listed[]> {
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
  return rows.map((row) => {
    const own = byTemplate.get(row.id) ?? [];
    return { ...row, languages: own, status: overallStatus(own.map((one) => one.status)) };
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
