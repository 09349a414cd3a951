import type pg from "pg";
import type { JsonObject } from "#flow/json.ts";
import { runEventName } from "#flow/run-event.ts";

/** An event as it was stored. Times are milliseconds since 1970. */
export type StoredEvent = {
  id: string;
  contactId: string;
  /** identify: what a system told of the person; every other one is heard by flows. */
  isIdentify: boolean;
  name: string;
  properties: JsonObject;
  /** When it happened, and when it reached us. */
  at: number;
  receivedAt: number;
};

export type EventSpan = { workspaceId: string; since: number; until: number; names: readonly string[] };

type Row = {
  id: string;
  contact_id: string;
  type: string;
  name: string;
  properties: JsonObject;
  at: number;
  received: number;
};

/**
 * What the flows name, and what systems told about people. A run of a flow is told by ourselves alone: the door did not always refuse
 * events of that name.
 */
const wanted = `(
  (type not in ('group', 'alias') and name = any($4) and (type = 'system' or name <> '${runEventName}')) or type = 'identify'
)`;

/** A stretch of time by the index on it (event_time), in statements of their own: no snapshot is held while the events are played. */
const readStretch = `
  select id, contact_id, type, name, properties, round(date_part('epoch', occurred_at) * 1000) as at,
         date_part('epoch', received_at) * 1000 as received
  from event
  where received_at >= $2 and received_at < $3 and workspace_id = $1
    and ${wanted}
  order by received_at, id`;

const countAll = `
  select count(*)::integer as total from event
  where received_at >= $2 and received_at < $3 and workspace_id = $1
    and ${wanted}`;

const aimedRows = 5_000;
const firstStretchMs = 15 * 60_000;
const longestStretchMs = 86_400_000;

export async function countEvents(pool: pg.Pool, { workspaceId, since, until, names }: EventSpan): Promise<number> {
  const { rows } = await pool.query<{ total: number }>(countAll, [
    workspaceId,
    new Date(since),
    new Date(until),
    names,
  ]);
  return rows[0]?.total ?? 0;
}

/** The events of a span in the order in which they came, in pages. The stretches grow and shrink so that a page has some thousands. */
export async function* readEvents(pool: pg.Pool, span: EventSpan): AsyncGenerator<StoredEvent[]> {
  const { workspaceId, since, until, names } = span;
  let lengthMs = firstStretchMs;
  for (let from = since; from < until; ) {
    const to = Math.min(until, from + lengthMs);
    const { rows } = await pool.query<Row>({
      name: "backtest-events",
      text: readStretch,
      values: [workspaceId, new Date(from), new Date(to), names],
    });
    if (rows.length > 0) yield rows.map(eventOf);
    from = to;
    const aimed = rows.length === 0 ? lengthMs * 4 : (lengthMs * aimedRows) / rows.length;
    lengthMs = Math.round(Math.min(longestStretchMs, Math.max(1_000, Math.min(aimed, lengthMs * 4))));
  }
}

const eventOf = (row: Row): StoredEvent => ({
  id: row.id,
  contactId: row.contact_id,
  isIdentify: row.type === "identify",
  name: row.name,
  properties: row.properties,
  at: row.at,
  receivedAt: row.received,
});
