import type pg from "pg";
import { type Keywords, keywordsOf } from "#flow/gate/opt-out.ts";
import { query, type Statement } from "../query.ts";

const readWords: Statement = {
  name: "inbound-keywords",
  text: "select stop_words, start_words from workspace where id = $1",
};

/** The words that this workspace hears as STOP and START, as they stand now. */
export async function readKeywords(client: pg.ClientBase, workspaceId: string): Promise<Keywords> {
  type Row = { stop_words: string[] | null; start_words: string[] | null };
  const [row] = await query<Row>(client, readWords, [workspaceId]);
  return keywordsOf({ stopWords: row?.stop_words ?? null, startWords: row?.start_words ?? null });
}
