import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type pg from "pg";
import { onClient } from "#db/client.ts";
import { readSendingNumber } from "#server/channels/sending-number.ts";
import { type RowVerdict, readRow } from "#server/imports/read-row.ts";
import { notify } from "#server/notifications/notify.ts";
import { inTransaction, query } from "../query.ts";
import { type Import, PeopleBook, type SettledRow } from "./people-book.ts";
import * as sql from "./take-statements.ts";

/** So many rows are taken in one transaction: a stop holds after at most these. */
const rowsAtOnce = 250;

type WaitingRow = { row: number; cells: string[] };

/**
 * Takes the next rows of one running import in: each as a person who is found by customer id, else by number, or made. A row that is refused costs no
 * other; a row whose person stood in the file before is not taken again. What a row does not say stays as it is, so the same file again changes
 * nothing. Rows, people and counts are written together. Answers how many rows it looked at.
 */
export async function takeRows(pool: pg.Pool, now: Date): Promise<number> {
  return inTransaction(pool, async (client) => {
    const [claimed] = await query<Import>(client, sql.claimImport, []);
    if (!claimed) return 0;
    const rows = await query<WaitingRow>(client, sql.readRows, [claimed.id, rowsAtOnce]);
    if (rows.length === 0) {
      await finish(client, claimed, now);
      return 0;
    }
    const home = await homeOf(client, claimed.workspace_id);
    const rules = { columns: claimed.columns, mapping: claimed.mapping, consent: claimed.consent, home };
    const read = rows.map(({ row, cells }) => ({ row, verdict: readRow(cells, rules) }));
    await write(client, { claimed, read, now });
    return rows.length;
  });
}

async function finish(client: pg.ClientBase, claimed: Import, now: Date): Promise<void> {
  const [ended] = await query<{ people: number; refused: number }>(client, sql.finish, [claimed.id, now]);
  if (!ended) return;
  const by = { clock: { now: () => now }, actor: "system" as const, workspaceId: claimed.workspace_id };
  await notify(onClient(client), by, {
    kind: "import-done",
    to: [{ people: [claimed.created_by] }],
    subjectId: claimed.id,
    values: { file: claimed.file_name, people: ended.people, refused: ended.refused },
  });
}

async function homeOf(client: pg.ClientBase, workspaceId: string): Promise<string | null> {
  const number = await readSendingNumber(onClient(client), workspaceId);
  return (number && parsePhoneNumberFromString(number.phone)?.country) ?? null;
}

type Slice = { claimed: Import; read: { row: number; verdict: RowVerdict }[]; now: Date };

async function write(client: pg.ClientBase, { claimed, read, now }: Slice): Promise<void> {
  const good = read.flatMap(({ row, verdict }) =>
    "row" in verdict ? [{ row, said: verdict.row, limited: verdict.limited }] : [],
  );
  const book = await PeopleBook.open(client, claimed, good);
  const settled = read.map(({ row, verdict }): SettledRow => {
    if ("refused" in verdict)
      return { row, state: "refused", finding: verdict.refused, contactId: null, outcome: "refused" };
    return book.take({ row, said: verdict.row, limited: verdict.limited }, now);
  });
  const { made, changed, ledger } = book;
  if (made.length > 0) await query(client, sql.makePeople, [JSON.stringify(made), now]);
  if (changed.length > 0) await query(client, sql.changePeople, [JSON.stringify(changed), now]);
  if (ledger.length > 0) await query(client, sql.keepConsents, [JSON.stringify(ledger), claimed.created_by]);
  await query(client, sql.settleRows, [claimed.id, JSON.stringify(settled)]);
}
