import type pg from "pg";
import type { RealFigures } from "#db/schema/index.ts";
import { firstIdAt } from "../id.ts";

const entries = `
  select count(*)::integer as entered, count(*) filter (where goal_at is not null)::integer as goals
  from enrollment where flow_id = $1 and entered_at >= $2 and entered_at < $3`;

/** Of the enrollments that began in these days, as the replay counts them. */
const sends = `
  select count(*) filter (where m.sent_at is not null or m.status = 'unknown')::integer as sent,
         count(*) filter (where m.status = 'skipped' or (m.status = 'failed' and m.sent_at is null))::integer as not_sent,
         count(*) filter (where m.reason in ('frequency-cap', 'rolling-cap', 'frequency-cap-later', 'rolling-cap-later'))::integer as cap_hits
  from message m join enrollment e on e.id = m.enrollment_id
  where m.workspace_id = $4 and m.id >= $5 and m.created_at >= $2 and m.created_at < $3 and m.flow_id = $1 and m.direction = 'outbound'
    and e.entered_at >= $2`;

const costs = `
  select m.cost_currency as currency, sum(m.cost_micros)::double precision as micros
  from message m join enrollment e on e.id = m.enrollment_id
  where m.workspace_id = $4 and m.id >= $5 and m.created_at >= $2 and m.created_at < $3 and m.flow_id = $1 and m.sent_at is not null
    and m.cost_micros is not null and e.entered_at >= $2
  group by 1`;

const firstLive = `select date_part('epoch', min(published_at)) * 1000 as at from flow_version where flow_id = $1`;

/** What the live flow really did in a span. Moments are milliseconds since 1970. */
export async function readRealFigures(
  pool: pg.Pool,
  { workspaceId, flowId, since, until }: { workspaceId: string; flowId: string; since: number; until: number },
): Promise<RealFigures> {
  const span = [flowId, new Date(since), new Date(until)];
  // Ids are made by the machine's clock, which a demo's never runs behind.
  const wide = [...span, workspaceId, firstIdAt(new Date(Math.min(Date.now(), until) - (until - since) - 86_400_000))];
  const [live, entered, sent, cost] = await Promise.all([
    pool.query<{ at: number | null }>(firstLive, [flowId]),
    pool.query<{ entered: number; goals: number }>(entries, span),
    pool.query<{ sent: number; not_sent: number; cap_hits: number }>(sends, wide),
    pool.query<{ currency: string; micros: number }>(costs, wide),
  ]);
  return {
    liveSince: live.rows[0]?.at ?? null,
    entered: entered.rows[0]?.entered ?? 0,
    goals: entered.rows[0]?.goals ?? 0,
    sent: sent.rows[0]?.sent ?? 0,
    notSent: sent.rows[0]?.not_sent ?? 0,
    capHits: sent.rows[0]?.cap_hits ?? 0,
    costs: Object.fromEntries(cost.rows.map(({ currency, micros }) => [currency, micros])),
  };
}
