import { asc, eq } from "drizzle-orm";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { z } from "zod";
import { contactImportRow } from "#db/schema/index.ts";
import { readSendingNumber } from "../channels/sending-number.ts";
import { maskPhone } from "../mask-phone.ts";
import type { Actor } from "../trpc.ts";
import type { StartImport } from "./change-import.ts";
import { findImport } from "./find-import.ts";
import { readRow } from "./read-row.ts";

/** So many rows tell how the whole file will go. */
const triedRows = 500;
const shownRows = 5;

/** The first rows as they would be taken in with this mapping, and how many of the first 500 would be refused or taken with a remark, and why. */
export async function previewImport(actor: Actor, { importId, mapping, consent }: z.output<typeof StartImport>) {
  const found = await findImport(actor.db, actor, importId);
  const number = await readSendingNumber(actor.db, actor.session.workspaceId);
  const home = (number && parsePhoneNumberFromString(number.phone)?.country) ?? null;
  const rows = await actor.db
    .select({ row: contactImportRow.row, cells: contactImportRow.cells })
    .from(contactImportRow)
    .where(eq(contactImportRow.importId, importId))
    .orderBy(asc(contactImportRow.row))
    .limit(triedRows);
  const read = rows.map(({ row, cells }) => ({
    row,
    verdict: readRow(cells, { columns: found.columns, mapping, consent, home }),
  }));
  const findings = read.flatMap(({ verdict }) => ("refused" in verdict ? verdict.refused : (verdict.limited ?? [])));
  const rules = [...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, of]) => ({ rule, rows: of.length }));
  return {
    tried: rows.length,
    refused: read.filter(({ verdict }) => "refused" in verdict).length,
    rules: rules.sort((a, b) => b.rows - a.rows),
    people: read.slice(0, shownRows).map(({ row, verdict }) => {
      if ("refused" in verdict) return { row, finding: verdict.refused, person: null };
      const { externalId, phone, fields, attributes, tags, consent: proof } = verdict.row;
      const name = [fields.firstName, fields.lastName].filter(Boolean).join(" ");
      const facts = Object.entries(attributes).map(([fact, value]) => ({ fact, value: String(value) }));
      return {
        row,
        finding: verdict.limited,
        person: { name, externalId, phone: maskPhone(phone), facts, tags, hasConsent: proof !== null },
      };
    }),
  };
}
