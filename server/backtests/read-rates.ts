import type pg from "pg";
import { assumedRates, type Rates, type TemplateRates } from "#flow/backtest/rates.ts";
import { firstIdAt } from "../id.ts";

/** Rates are measured over so many days before the last event. */
const measuredDays = 30;

/** Fewer messages than these say little about a template: it then goes by all templates together. */
const leastMeasured = 30;

const dayMs = 86_400_000;

const outcomes = `
  select template, count(*)::integer as n, count(*) filter (where status = 'failed')::integer as failed, count(read_at)::integer as read,
         percentile_cont(0.5) within group (order by date_part('epoch', read_at - sent_at) * 1000) as read_ms
  from message
  where workspace_id = $1 and id >= $2 and created_at >= $3 and created_at < $4 and direction = 'outbound' and sent_at is not null
    and template is not null
  group by template`;

/** A tap quotes its message; the button is found by its words. */
const taps = `
  select o.template, b ->> 'id' as id, count(*)::integer as n,
         percentile_cont(0.5) within group (order by date_part('epoch', i.created_at - o.sent_at) * 1000) as after_ms
  from message i
  join message o on o.wamid = i.content ->> 'quotes' and o.workspace_id = i.workspace_id and o.direction = 'outbound'
  cross join lateral jsonb_array_elements(o.content -> 'buttons') b
  where i.workspace_id = $1 and i.id >= $2 and i.created_at >= $3 and i.created_at < $4 and i.direction = 'inbound'
    and i.content ->> 'quotes' is not null and b ->> 'kind' = 'quick-reply' and b ->> 'text' = i.content ->> 'body' and o.template is not null
  group by 1, 2`;

const clicks = `
  select m.template, l.slot, count(*)::integer as n
  from message m join link l on l.message_id = m.id
  where m.workspace_id = $1 and m.id >= $2 and m.created_at >= $3 and m.created_at < $4 and m.clicked_at is not null
    and l.clicked_at is not null and m.template is not null
  group by 1, 2`;

type Outcome = { template: string; n: number; failed: number; read: number; read_ms: number | null };
type Tap = { template: string; id: string; n: number; after_ms: number | null };
type Click = { template: string; slot: string; n: number };

/** How people took each template of the workspace in the 30 days before `until` (milliseconds since 1970). */
export async function readRates(
  pool: pg.Pool,
  { workspaceId, until, seed }: { workspaceId: string; until: number; seed: string },
): Promise<Rates> {
  const since = new Date(until - measuredDays * dayMs);
  // Ids are made by the machine's clock, which a demo's never runs behind: a day of room.
  const values = [
    workspaceId,
    firstIdAt(new Date(Math.min(Date.now(), until) - (measuredDays + 1) * dayMs)),
    since,
    new Date(until),
  ];
  const [told, tapped, clicked] = await Promise.all([
    pool.query<Outcome>(outcomes, values),
    pool.query<Tap>(taps, values),
    pool.query<Click>(clicks, values),
  ]);
  const usual = ratesOf(sumOf(told.rows), [], []);
  const byTemplate = new Map(
    told.rows
      .filter(({ n }) => n >= leastMeasured)
      .map((row) => {
        const mine = ({ template }: { template: string }) => template === row.template;
        return [row.template, ratesOf(row, tapped.rows.filter(mine), clicked.rows.filter(mine))];
      }),
  );
  return { byTemplate, usual, seed };
}

function ratesOf(
  { n, failed, read, read_ms }: Omit<Outcome, "template">,
  tapped: Tap[],
  clicked: Click[],
): TemplateRates {
  if (n < leastMeasured) return { ...assumedRates, measured: n };
  const first = tapped.toSorted((one, other) => other.n - one.n)[0];
  return {
    measured: n,
    failed: failed / n,
    read: read / n,
    readAfterMs: read_ms ?? assumedRates.readAfterMs,
    taps: Object.fromEntries(tapped.map(({ id, n: times }) => [id, times / n])),
    tapAfterMs: first?.after_ms ?? assumedRates.tapAfterMs,
    clicks: Object.fromEntries(clicked.map(({ slot, n: times }) => [slot, times / n])),
  };
}

const sumOf = (rows: readonly Outcome[]): Omit<Outcome, "template"> => ({
  n: rows.reduce((sum, { n }) => sum + n, 0),
  failed: rows.reduce((sum, { failed }) => sum + failed, 0),
  read: rows.reduce((sum, { read }) => sum + read, 0),
  read_ms: rows.toSorted((one, other) => other.n - one.n)[0]?.read_ms ?? null,
});
