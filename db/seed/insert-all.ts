import type { PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/client.ts";

const chunkSize = 400;

/** Inserts rows in few statements; Postgres takes at most 65,535 values in one. */
export async function insertAll<Table extends PgTable>(
  tx: Transaction,
  table: Table,
  rows: Table["$inferInsert"][],
): Promise<void> {
  for (let from = 0; from < rows.length; from += chunkSize)
    await tx.insert(table).values(rows.slice(from, from + chunkSize));
}
