import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Queryable, Transaction } from "#db/client.ts";
import { template, templateLanguage } from "#db/schema/index.ts";
import { type DraftContent, lintTemplate } from "#flow/lint-template.ts";
import { isOpen, type TemplateCategory } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Actor } from "#server/trpc.ts";
import { forgetRefusals } from "./account-standing.ts";
import { insertTemplate } from "./create-template.ts";
import type { LanguageRow, TemplateRow } from "./find-template.ts";
import { contentOf } from "./get-template.ts";
import { after } from "./save-template.ts";
import { fileFormats, type ReadFile, type RowProblem, readFile } from "./template-file.ts";
import { setReviewStatus } from "./template-snapshot.ts";

export const ImportTemplates = z.strictObject({ format: z.enum(fileFormats), text: z.string().max(4_000_000) });

type Row = ReadFile["rows"][number];

/** A template of the file and what the import does with it: a new draft, another text in some of its languages, or nothing. */
export type PlannedTemplate = {
  name: string;
  category: TemplateCategory;
  samples: Record<string, string>;
  act: "create" | "change" | "none";
  /** What is new or different, by language. */
  languages: DraftContent[];
  /** What WhatsApp would refuse of it as it would then be. It comes in all the same: it is a draft. */
  errors: number;
};
type Plan = { templates: PlannedTemplate[]; problems: RowProblem[] };

/** What an import of this file would do, row by row, without doing it. */
export async function previewImport({ db, session }: Actor, file: z.infer<typeof ImportTemplates>): Promise<Plan> {
  return planImport(db, session.workspaceId, file);
}

/**
 * Takes the templates of a file in as drafts, all that can be taken in one transaction; what cannot is answered with its place and
 * why. Texts that WhatsApp holds stay as they are. The same file again changes nothing. Holds the lock that saving takes from before
 * it looks until it has written, and takes what it changes out of review as saving does.
 */
export function importTemplates(actor: Actor, file: z.infer<typeof ImportTemplates>): Promise<Plan> {
  return actor.db.transaction(async (tx) => {
    const plan = await planImport(tx, actor.session.workspaceId, file, { lock: true });
    for (const planned of plan.templates) {
      const { act, name, category, samples, languages: contents } = planned;
      if (act === "create") await insertTemplate(tx, actor, { name, category, samples, contents });
      if (act === "change") await changeTemplate(tx, actor, planned);
    }
    return plan;
  });
}

async function planImport(
  db: Queryable,
  workspaceId: string,
  file: z.infer<typeof ImportTemplates>,
  { lock = false } = {},
): Promise<Plan> {
  const { rows, problems } = readFile(file.format, file.text);
  const byName = Map.groupBy(rows, (row) => row.name);
  const stored = await readStored(db, { workspaceId, names: [...byName.keys()], lock });
  const templates = [...byName].map(([name, own]) => planTemplate(own, stored.get(name), problems));
  return { templates, problems };
}

type Stored = { template: TemplateRow; languages: LanguageRow[] };

type Wanted = { workspaceId: string; names: string[]; lock: boolean };

async function readStored(db: Queryable, { workspaceId, names, lock }: Wanted): Promise<Map<string, Stored>> {
  if (names.length === 0) return new Map();
  const query = db
    .select()
    .from(template)
    .where(and(eq(template.workspaceId, workspaceId), inArray(template.name, names)))
    // In one order, so that two imports never wait for each other.
    .orderBy(asc(template.id));
  const rows = lock ? await query.for("update") : await query;
  const languages = await db
    .select()
    .from(templateLanguage)
    .where(
      inArray(
        templateLanguage.templateId,
        rows.map((row) => row.id),
      ),
    );
  const byTemplate = Map.groupBy(languages, (row) => row.templateId);
  return new Map(rows.map((row) => [row.name, { template: row, languages: byTemplate.get(row.id) ?? [] }]));
}

/** What one template's rows do. Rows that cannot be taken are added to `problems`. */
function planTemplate(rows: Row[], stored: Stored | undefined, problems: RowProblem[]): PlannedTemplate {
  const name = rows[0]?.name ?? "";
  const category = stored?.template.category ?? rows[0]?.category ?? "utility";
  const refuse = (row: Row, rule: string, field: string, detail: string) =>
    problems.push({ place: row.place, rule, field, detail });
  const usable = rows.filter((row) => {
    if (row.category !== category) refuse(row, "category", "category", category);
    return row.category === category;
  });
  const languages = usable.flatMap((row) => {
    const known = stored?.languages.find((one) => one.language === row.content.language);
    if (known && isDeepStrictEqual(contentOf(known), row.content)) return [];
    if (known && !isOpen(known.status)) {
      refuse(row, "locked", "body", row.content.language);
      return [];
    }
    return [row.content];
  });
  const brought = Object.assign({}, ...usable.map((row) => row.samples)) as Record<string, string>;
  const samples = { ...stored?.template.samples, ...brought };
  const isSame = stored !== undefined && languages.length === 0 && isDeepStrictEqual(samples, stored.template.samples);
  const changed = new Set(languages.map((content) => content.language));
  const kept = (stored?.languages ?? []).filter((one) => !changed.has(one.language)).map(contentOf);
  const findings = lintTemplate({ name, category, samples, languages: [...languages, ...kept] });
  return {
    name,
    category,
    samples,
    act: usable.length === 0 || isSame ? "none" : stored ? "change" : "create",
    languages,
    errors: findings.filter((finding) => finding.severity === "error").length,
  };
}

async function changeTemplate(
  tx: Transaction,
  actor: Actor,
  { name, samples, languages }: PlannedTemplate,
): Promise<void> {
  const { workspaceId, userId } = actor.session;
  const own = and(eq(template.workspaceId, workspaceId), eq(template.name, name));
  const [row] = await tx.select({ id: template.id, updatedAt: template.updatedAt }).from(template).where(own);
  if (!row) return;
  // Later than the last save, so that whoever has it open is told of the conflict.
  const now = after(actor.clock.now(), row.updatedAt);
  await tx.update(template).set({ samples, updatedBy: userId, updatedAt: now }).where(own);
  await setReviewStatus(tx, { templateId: row.id, from: ["in-review"], to: "draft" });
  for (const content of languages) {
    const set = { ...content, status: "draft" as const, statusReason: null, updatedAt: now };
    await forgetRefusals(tx, { templateId: row.id, language: content.language });
    await tx
      .insert(templateLanguage)
      .values({ ...set, templateId: row.id, workspaceId })
      .onConflictDoUpdate({ target: [templateLanguage.templateId, templateLanguage.language], set });
  }
  await recordAudit(tx, actor, {
    action: "import-template",
    subject: "template",
    subjectId: row.id,
    detail: { name, languages: languages.map((content) => content.language) },
  });
}
