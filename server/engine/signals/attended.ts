import type pg from "pg";
import { query, type Statement } from "../query.ts";

/** By the person's few hand-offs, as everybody reads them. */
const readAttended: Statement = {
  name: "signals-attended",
  text: "select distinct contact_id from hand_off where contact_id = any($1::uuid[]) and status in ('open', 'claimed')",
};

/** Those of these people whom an agent is dealing with, or who wait for one: what they write is the agent's. */
export async function loadAttended(client: pg.ClientBase, contactIds: string[]): Promise<Set<string>> {
  if (contactIds.length === 0) return new Set();
  const rows = await query<{ contact_id: string }>(client, readAttended, [contactIds]);
  return new Set(rows.map((row) => row.contact_id));
}
