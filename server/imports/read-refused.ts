import { stringify } from "csv-stringify/sync";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { contactImportRow } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";
import { findImport, type OfImport } from "./find-import.ts";

const mostRows = 20_000;

/** The rows to look at as a CSV that can be corrected and imported again: as they stood, with a column "reason". */
export async function readRefused(
  actor: Actor,
  { importId }: z.output<typeof OfImport>,
): Promise<{ name: string; csv: string }> {
  const found = await findImport(actor.db, actor, importId);
  const rows = await actor.db
    .select({ cells: contactImportRow.cells, finding: contactImportRow.finding, row: contactImportRow.row })
    .from(contactImportRow)
    .where(and(eq(contactImportRow.importId, importId), inArray(contactImportRow.state, ["refused", "limited"])))
    .orderBy(asc(contactImportRow.row))
    .limit(mostRows);
  const lines = rows.map(({ cells, finding }) => [
    ...found.columns.map((_, index) => cells[index] ?? ""),
    [finding?.column, finding?.rule].filter(Boolean).join(": "),
  ]);
  // A cell that begins like a formula would be run by a spreadsheet.
  const csv = stringify([[...found.columns, "reason"], ...lines], { escape_formulas: true });
  return { name: found.fileName.replace(/\.csv$/i, "").concat("-to-fix.csv"), csv };
}
