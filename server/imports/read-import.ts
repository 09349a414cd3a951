import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { contactImport, contactImportRow, user } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";
import { findImport, type OfImport } from "./find-import.ts";
import { guessMapping } from "./import-mapping.ts";

const previewRows = 5;

/** How an import stands: its counts, which add up to the rows done, and while its columns are being named a guess and the first rows. */
export async function readImport(actor: Actor, { importId }: z.output<typeof OfImport>) {
  const found = await findImport(actor.db, actor, importId);
  const { workspaceId: _, createdBy, stoppedBy: __, ...told } = found;
  const [person] = await actor.db.select({ name: user.name }).from(user).where(eq(user.id, createdBy));
  const done = found.created + found.updated + found.withoutConsent + found.refused;
  const preview =
    found.state === "mapping"
      ? await actor.db
          .select({ row: contactImportRow.row, cells: contactImportRow.cells })
          .from(contactImportRow)
          .where(eq(contactImportRow.importId, importId))
          .orderBy(asc(contactImportRow.row))
          .limit(previewRows)
      : [];
  return { ...told, done, by: person?.name ?? null, guess: guessMapping(found.columns), preview };
}

/** The newest imports. */
export async function listImports({ db, session }: Actor) {
  const rows = await db
    .select()
    .from(contactImport)
    .where(and(eq(contactImport.workspaceId, session.workspaceId), sql`state <> 'reading'`))
    .orderBy(desc(contactImport.createdAt))
    .limit(20);
  return rows.map(({ id, fileName, state, rows: all, created, updated, withoutConsent, refused, createdAt }) => ({
    ...{ id, fileName, state, rows: all, created, updated, withoutConsent, refused, createdAt },
    done: created + updated + withoutConsent + refused,
  }));
}

export const ListRows = z.strictObject({ importId: z.uuid(), rule: z.string().max(60).optional() });

const mostRows = 100;

/** The first rows to look at, all or those of one reason, and how many there are of each. */
export async function listRows(actor: Actor, { importId, rule }: z.output<typeof ListRows>) {
  await findImport(actor.db, actor, importId);
  const toLookAt = and(
    eq(contactImportRow.importId, importId),
    inArray(contactImportRow.state, ["refused", "limited"]),
  );
  const ruleOf = sql<string>`${contactImportRow.finding} ->> 'rule'`;
  const rules = await actor.db
    .select({ rule: ruleOf, rows: count() })
    .from(contactImportRow)
    .where(toLookAt)
    .groupBy(ruleOf);
  const rows = await actor.db
    .select({
      row: contactImportRow.row,
      state: contactImportRow.state,
      finding: contactImportRow.finding,
      contactId: contactImportRow.contactId,
    })
    .from(contactImportRow)
    .where(rule ? and(toLookAt, sql`${ruleOf} = ${rule}`) : toLookAt)
    .orderBy(asc(contactImportRow.row))
    .limit(mostRows);
  return { rows, rules: rules.sort((a, b) => b.rows - a.rows) };
}
