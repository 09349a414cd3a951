import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { contactImport, contactImportRow } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import { findImport, type OfImport } from "./find-import.ts";
import { ImportConsent, ImportMapping } from "./import-mapping.ts";

export const StartImport = z.strictObject({
  importId: z.uuid(),
  mapping: ImportMapping,
  consent: ImportConsent.nullable(),
});

/** Starts taking the rows in, by a worker. Who gives consents says so here, and it is audited. */
export async function startImport(actor: Actor, { importId, mapping, consent }: z.output<typeof StartImport>) {
  return actor.db.transaction(async (tx) => {
    const found = await findImport(tx, actor, importId, "lock");
    if (found.state !== "mapping") throw new DomainError("refused", "This file is being imported already.");
    const proof = Object.values(mapping).includes("consentSource") || (consent?.source ?? "") !== "";
    if (consent && consent.purposes.length > 0 && !proof)
      throw new DomainError("bad-input", "Say where the consent comes from, or pick the column that does.");
    await tx
      .update(contactImport)
      .set({ mapping, consent, state: "running", startedAt: actor.clock.now() })
      .where(eq(contactImport.id, importId));
    await recordAudit(tx, actor, {
      action: "start-import",
      subject: "contact-import",
      subjectId: importId,
      detail: { rows: found.rows, mapping, consent },
    });
    return { ok: true };
  });
}

/** Stops after the slice under way: what was taken stays, the rest is not taken. Answers how many rows were done. */
export async function stopImport(actor: Actor, { importId }: z.output<typeof OfImport>): Promise<{ done: number }> {
  return actor.db.transaction(async (tx) => {
    const found = await findImport(tx, actor, importId, "lock");
    const done = found.created + found.updated + found.withoutConsent + found.refused;
    if (found.state !== "running" && found.state !== "mapping") return { done };
    const ended = { state: "stopped" as const, endedAt: actor.clock.now(), stoppedBy: actor.session.userId };
    await tx.update(contactImport).set(ended).where(eq(contactImport.id, importId));
    await tx
      .delete(contactImportRow)
      .where(and(eq(contactImportRow.importId, importId), eq(contactImportRow.state, "waiting")));
    const subject = { subject: "contact-import", subjectId: importId };
    await recordAudit(tx, actor, { action: "stop-import", ...subject, detail: { done, rows: found.rows } });
    return { done };
  });
}

export const FixRow = z.strictObject({
  importId: z.uuid(),
  row: z.int().min(2),
  /** The column's name, as the finding says it. */
  column: z.string().max(100),
  value: z.string().trim().min(1).max(2_000),
});

/** Puts another value in a row that could not be taken as it stood; it joins the import again. */
export async function fixRow(actor: Actor, { importId, row, column, value }: z.output<typeof FixRow>) {
  return actor.db.transaction(async (tx) => {
    const found = await findImport(tx, actor, importId, "lock");
    const place = found.columns.indexOf(column);
    if (place < 0) throw new DomainError("bad-input", "The file has no such column.");
    const isIt = and(eq(contactImportRow.importId, importId), eq(contactImportRow.row, row));
    const [stored] = await tx.select().from(contactImportRow).where(isIt).for("update");
    if (!stored || (stored.state !== "refused" && stored.state !== "limited"))
      throw new DomainError("not-found", "This row has nothing to fix.");
    const cells = found.columns.map((_, index) => (index === place ? value : (stored.cells[index] ?? "")));
    await tx.update(contactImportRow).set({ cells, state: "waiting", finding: null, outcome: null }).where(isIt);
    const counted = stored.outcome ? { [stored.outcome]: sql`${contactImport[stored.outcome]} - 1` } : {};
    await tx
      .update(contactImport)
      .set({ ...counted, state: "running", endedAt: null })
      .where(eq(contactImport.id, importId));
    return { ok: true };
  });
}
