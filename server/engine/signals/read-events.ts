import type pg from "pg";
import type { JsonObject } from "#flow/json.ts";
import type { Signal } from "#flow/signal.ts";
import { query, type Statement } from "../query.ts";

/**
 * The events that queued signals name. Apart from the queue: the range of times leaves the days that it needs when the statement begins,
 * where a join would open the tables of all days first, however few events there are.
 */
const readRows: Statement = {
  name: "signals-read-events",
  text: `
    select id, name, properties, round(date_part('epoch', occurred_at) * 1000) as at
    from event where id = any($1::uuid[]) and received_at between $2::timestamptz and $3::timestamptz`,
};

/** `received_ms`: milliseconds since 1970. */
export type Named = { event_id: string | null; received_ms: number | null };
type Row = { id: string; name: string; properties: JsonObject; at: number };

/** Times have microseconds in the database. */
const slackMs = 1;

/** The signals of these rows that name an event, by its id: what the flow hears. */
export async function readEvents(client: pg.ClientBase, rows: readonly Named[]): Promise<Map<string | null, Signal>> {
  const ids = rows.flatMap(({ event_id }) => event_id ?? []);
  if (ids.length === 0) return new Map();
  const times = rows.flatMap(({ received_ms }) => received_ms ?? []);
  const [first, last] = [Math.min(...times) - slackMs, Math.max(...times) + slackMs];
  const events = await query<Row>(client, readRows, [ids, new Date(first), new Date(last)]);
  return new Map(
    events.map(({ id, name, properties, at }) => [id, { kind: "event", event: { id, name, properties, at } }]),
  );
}
