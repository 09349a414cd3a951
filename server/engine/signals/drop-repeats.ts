import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { eventOf, type Work } from "./work.ts";

const readKnown: Statement = {
  name: "signals-known-events",
  text: `
    select contact_id, flow_id, key, event_id from enrollment
    where contact_id = any($1::uuid[]) and event_id = any($2::uuid[])`,
};
type KnownRow = { contact_id: string; flow_id: string; key: string; event_id: string };

type Opened = { contactId: string; flowId: string; key: string; eventId: string };

/** What no two enrollments share. */
export const openedKey = ({ contactId, flowId, key, eventId }: Opened): string =>
  [contactId, flowId, eventId, key].join(" ");

/**
 * Parts the events that opened an enrollment before from the rest, and tells what was opened by events and messages of the rest. The
 * event door refuses a repeated message id, so this is the second line: it runs only after a batch failed on the unique key (flow,
 * person, key, event).
 */
export async function dropRepeats(
  client: pg.ClientBase,
  works: Work[],
): Promise<{ works: Work[]; repeats: Work[]; opened: ReadonlySet<string> }> {
  const events = works.flatMap((work) => eventOf(work)?.id ?? []);
  const contacts = [...new Set(works.map((work) => work.contactId))];
  const rows = await query<KnownRow>(client, readKnown, [contacts, events]);
  const known = new Set(rows.map((row) => row.event_id));
  // One that failed in one flow has opened others, and is still owed there.
  const isRepeat = ({ source, signal, onlyFlowId }: Work) =>
    source === "queue" && signal.kind === "event" && onlyFlowId === null && known.has(signal.event.id);
  const opened = new Set(
    rows.map((row) =>
      openedKey({ contactId: row.contact_id, flowId: row.flow_id, key: row.key, eventId: row.event_id }),
    ),
  );
  return { works: works.filter((work) => !isRepeat(work)), repeats: works.filter(isRepeat), opened };
}
