import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { flow, template, templateLanguage } from "#db/schema/index.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { hashOfTemplate } from "#server/templates/template-snapshot.ts";
import { Memory } from "./memory.ts";
import type { SubjectName } from "./read-subject.ts";

/** The hash of each state of a draft. A state never changes, so a queue that is asked for every few seconds reads no draft twice. */
const hashes = new Memory<string>(2000);

/** The hash of what would go live now, by subject id, without a lock: for screens. What is gone, or archived, has none. */
export async function hashesOf(
  db: Queryable,
  workspaceId: string,
  subjects: readonly SubjectName[],
): Promise<Map<string, string>> {
  const idsOf = (kind: SubjectName["subject"]) =>
    subjects.filter((one) => one.subject === kind).map((one) => one.subjectId);
  const states = new Map([
    ...(await flowStates(db, workspaceId, idsOf("flow"))),
    ...(await templateStates(db, workspaceId, idsOf("template"))),
  ]);
  const unknown = new Set([...states].flatMap(([id, state]) => (hashes.get(state) === undefined ? [id] : [])));
  for (const [id, hash] of await readHashes(db, unknown)) {
    const state = states.get(id);
    if (state !== undefined) hashes.set(state, hash);
  }
  return new Map(
    [...states].flatMap(([id, state]) => {
      const hash = hashes.get(state);
      return hash === undefined ? [] : [[id, hash] as const];
    }),
  );
}

/** Every change of a draft raises its revision. */
async function flowStates(db: Queryable, workspaceId: string, ids: string[]): Promise<[id: string, state: string][]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: flow.id, revision: flow.revision })
    .from(flow)
    .where(and(inArray(flow.id, ids), eq(flow.workspaceId, workspaceId), sql`${flow.status} <> 'archived'`));
  return rows.map(({ id, revision }) => [id, `${id} ${revision}`]);
}

/** Every change of a text moves `updatedAt` on, of the template or of a language; the provider may move the category. */
async function templateStates(db: Queryable, workspaceId: string, ids: string[]): Promise<[string, string][]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: template.id,
      state: sql<string>`concat_ws(' ', ${template.updatedAt}, ${template.category},
        string_agg(${templateLanguage.language} || ' ' || ${templateLanguage.updatedAt}, ' ' order by ${templateLanguage.language}))`,
    })
    .from(template)
    .leftJoin(templateLanguage, eq(templateLanguage.templateId, template.id))
    .where(and(inArray(template.id, ids), eq(template.workspaceId, workspaceId)))
    .groupBy(template.id);
  return rows.map(({ id, state }) => [id, `${id} ${state}`]);
}

async function readHashes(db: Queryable, unknown: ReadonlySet<string>): Promise<[id: string, hash: string][]> {
  if (unknown.size === 0) return [];
  const ids = [...unknown];
  const flows = await db.select({ id: flow.id, draft: flow.draft }).from(flow).where(inArray(flow.id, ids));
  const templates = await db.select().from(template).where(inArray(template.id, ids));
  const languages = await db
    .select()
    .from(templateLanguage)
    .where(inArray(templateLanguage.templateId, ids))
    .orderBy(asc(templateLanguage.language));
  const byTemplate = Map.groupBy(languages, (row) => row.templateId);
  return [
    ...flows.map(({ id, draft }): [string, string] => [id, canonicalHash(draft)]),
    ...templates.map((row): [string, string] => [
      row.id,
      hashOfTemplate({ template: row, languages: byTemplate.get(row.id) ?? [] }),
    ]),
  ];
}
