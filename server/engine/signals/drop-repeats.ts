import type pg from "pg";
import { query, type Statement } from "../query.ts";
import type { Work } from "./work.ts";

const readKnown: Statement = {
  name: "signals-known-events",
  text: "select distinct event_id from enrollment where contact_id = any($1::uuid[]) and event_id = any($2::uuid[])",
};

/**
 * Parts the events that opened an enrollment before from the rest. The event door refuses a repeated message id, so this is
 * the second line: it runs only after a batch failed on the unique key (flow, person, key, event).
 */
export async function dropRepeats(client: pg.ClientBase, works: Work[]): Promise<{ works: Work[]; repeats: Work[] }> {
  const events = works.flatMap((work) => (work.signal.kind === "event" ? [work.signal.event.id] : []));
  const contacts = [...new Set(works.map((work) => work.contactId))];
  const rows = await query<{ event_id: string }>(client, readKnown, [contacts, events]);
  const known = new Set(rows.map((row) => row.event_id));
  const isRepeat = ({ source, signal }: Work) =>
    source === "queue" && signal.kind === "event" && known.has(signal.event.id);
  return { works: works.filter((work) => !isRepeat(work)), repeats: works.filter(isRepeat) };
}
