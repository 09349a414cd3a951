import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { parse } from "csv-parse";
import { eq } from "drizzle-orm";
import { contactImport, contactImportRow } from "#db/schema/index.ts";
import { isAllowed } from "../auth/permissions.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import type { Actor } from "../trpc.ts";

/** Published limits (docs/limits.md). */
export const importLimits = { bytes: 200_000_000, rows: 1_000_000, columns: 100, cellCharacters: 2_000 } as const;

const rowsAtOnce = 500;

type Incoming = { fileName: string; body: ReadableStream<Uint8Array> };

/**
 * Keeps a CSV file (comma, semicolon or tab; UTF-8) row by row as it comes in, without ever holding it whole, and answers the import's id: its columns are
 * named next. Refused where it is no such file; what had been kept of it is dropped then.
 */
export async function receiveFile(actor: Actor, { fileName, body }: Incoming): Promise<{ importId: string }> {
  if (!isAllowed(actor.session.role, "import-contacts"))
    throw new DomainError("not-allowed", "Your role may not import contacts. Ask an owner of the workspace.");
  const { workspaceId, userId } = actor.session;
  const importId = newId();
  await actor.db.insert(contactImport).values({
    ...{ id: importId, workspaceId, fileName: fileName.slice(0, 200) || "contacts.csv", state: "reading", columns: [] },
    ...{ createdBy: userId, createdAt: actor.clock.now() },
  });
  try {
    const { columns, rows } = await keepRows(actor, importId, body);
    await actor.db.update(contactImport).set({ state: "mapping", columns, rows }).where(eq(contactImport.id, importId));
    return { importId };
  } catch (error) {
    await actor.db.delete(contactImport).where(eq(contactImport.id, importId));
    if (error instanceof DomainError) throw error;
    const said = error instanceof Error && "code" in error && String(error.code).startsWith("CSV_");
    if (!said) throw error;
    throw new DomainError("bad-input", "This file cannot be read as CSV. Save it as CSV in UTF-8 and try again.");
  }
}

async function keepRows(actor: Actor, importId: string, body: Incoming["body"]) {
  let columns: string[] | null = null;
  let rows = 0;
  let batch: { importId: string; row: number; cells: string[]; state: "waiting" }[] = [];
  const flush = async () => {
    if (batch.length > 0) await actor.db.insert(contactImportRow).values(batch);
    batch = [];
  };
  const parser = parse({
    ...{ bom: true, delimiter: [",", ";", "\t"], relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
    ...{ trim: true, info: true, max_record_size: importLimits.columns * importLimits.cellCharacters },
  });
  const keep = new Writable({
    objectMode: true,
    write: ({ record, info }: { record: string[]; info: { lines: number } }, _, done) => {
      void take(record, info.lines).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  async function take(record: string[], line: number): Promise<void> {
    if (columns === null) {
      columns = headOf(record);
      return;
    }
    rows += 1;
    if (rows > importLimits.rows)
      throw new DomainError("too-large", "A file holds at most 1,000,000 rows. Split it and import the parts.");
    const cells = record
      .slice(0, importLimits.columns)
      .map((cell) => cell.slice(0, importLimits.cellCharacters).replaceAll("\u0000", ""));
    batch.push({ importId, row: line, cells, state: "waiting" });
    if (batch.length === rowsAtOnce) await flush();
  }
  await pipeline(Readable.fromWeb(body), limitBytes, parser, keep);
  await flush();
  if (columns === null || rows === 0)
    throw new DomainError(
      "bad-input",
      "This file has no rows: its first line names the columns, each other one is a person.",
    );
  return { columns, rows };
}

function headOf(record: string[]): string[] {
  if (record.length > importLimits.columns)
    throw new DomainError("too-large", `A file has at most ${importLimits.columns} columns.`);
  return record.map((name, index) => name.slice(0, 100).replaceAll("\u0000", "") || `Column ${index + 1}`);
}

async function* limitBytes(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > importLimits.bytes) throw new DomainError("too-large", "A file holds at most 200 MB.");
    yield chunk;
  }
}
