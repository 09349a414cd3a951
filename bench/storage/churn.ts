import type pg from "pg";
import { newId } from "#server/id.ts";
import { option } from "../measure/options.ts";
import { quantile, round } from "../measure/statistics.ts";
import { showTable } from "../measure/tables.ts";

const own = "reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay)";
const ours =
  "set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0)";

/** The outbox's settings, how often Postgres looks whether a table needs a vacuum, and whether somebody holds an old snapshot. */
const cases = [
  { name: "Postgres' own, looks each minute", change: own, naptime: "1min", holdsSnapshot: false },
  { name: "ours, looks each minute", change: ours, naptime: "1min", holdsSnapshot: false },
  { name: "ours, looks every 5 s", change: ours, naptime: "5s", holdsSnapshot: false },
  { name: "ours, every 5 s, an old snapshot open", change: ours, naptime: "5s", holdsSnapshot: true },
];

type Churned = { rows: number; p50: number; p95: number; last: number; mostDead: number; megabytes: number };

/**
 * Pushes messages through the outbox as fast as one connection can (insert, claim, mark, delete) and measures the claim: with
 * Postgres' own autovacuum settings, with ours, and while somebody holds an old snapshot open.
 */
export async function measureChurn(pool: pg.Pool) {
  const seconds = option("seconds", 70);
  const results: Record<string, Churned> = {};
  for (const { name, change, naptime, holdsSnapshot } of cases) {
    await pool.query("truncate outbox");
    await pool.query(`alter table outbox ${change}`);
    await pool.query(`alter system set autovacuum_naptime = '${naptime}'`);
    await pool.query("select pg_reload_conf()");
    results[name] = await withSnapshot(pool, holdsSnapshot, () => churn(pool, seconds));
  }
  showTable(`The outbox under ${seconds} s of churn: insert 256, claim 256, mark, delete`, [
    [
      "autovacuum",
      "rows through",
      "claim p50 ms",
      "p95 ms",
      "p95 of the last tenth",
      "dead rows at most",
      "MB at the end",
    ],
    ...Object.entries(results).map(([name, it]) => [name, it.rows, it.p50, it.p95, it.last, it.mostDead, it.megabytes]),
  ]);
  return results;
}

async function withSnapshot<Result>(pool: pg.Pool, holds: boolean, work: () => Promise<Result>): Promise<Result> {
  if (!holds) return work();
  const client = await pool.connect();
  try {
    await client.query("set idle_in_transaction_session_timeout = 0");
    await client.query("begin isolation level repeatable read");
    await client.query("select count(*) from outbox");
    return await work();
  } finally {
    await client.query("rollback");
    client.release(true);
  }
}

const insert = `
  insert into outbox (message_id, workspace_id, shard, contact_id, lane, request, not_before, created_at)
  select id, $2, 0, id, 2, '{"template":"hello","purpose":"service","values":{},"links":{},"sendingHours":null}', now(), now()
  from unnest($1::uuid[]) as id`;
const claim = `
  select message_id from outbox where status = 'queued' and workspace_id = $1 and lane = 2 and not_before <= now()
  order by not_before limit 256 for update skip locked`;
const mark =
  "update outbox set status = 'sending', lease_until = now() + interval '30 s' where message_id = any($1::uuid[])";
const remove = "delete from outbox where message_id = any($1::uuid[])";

async function churn(pool: pg.Pool, seconds: number): Promise<Churned> {
  const workspaceId = newId();
  const claims: number[] = [];
  let rows = 0;
  let mostDead = 0;
  let lookAt = 0;
  const client = await pool.connect();
  await client.query("set enable_seqscan = off");
  try {
    for (const until = performance.now() + seconds * 1000; performance.now() < until; ) {
      await client.query({ name: "insert", text: insert, values: [Array.from({ length: 256 }, newId), workspaceId] });
      await client.query("begin");
      const began = performance.now();
      const { rows: claimed } = await client.query({ name: "claim", text: claim, values: [workspaceId] });
      claims.push(performance.now() - began);
      const ids = claimed.map((row) => row.message_id);
      await client.query({ name: "mark", text: mark, values: [ids] });
      await client.query("commit");
      await client.query({ name: "remove", text: remove, values: [ids] });
      rows += ids.length;
      if (performance.now() < lookAt) continue;
      lookAt = performance.now() + 1000;
      mostDead = Math.max(mostDead, (await tableFacts(pool)).dead);
    }
  } finally {
    client.release(true);
  }
  const tenth = claims.slice(-Math.ceil(claims.length / 10));
  const { megabytes } = await tableFacts(pool);
  const [p50, p95, last] = [quantile(claims, 0.5), quantile(claims, 0.95), quantile(tenth, 0.95)];
  return { rows, p50: round(p50, 2), p95: round(p95, 2), last: round(last, 2), mostDead, megabytes };
}

async function tableFacts(pool: pg.Pool): Promise<{ dead: number; megabytes: number }> {
  const { rows } = await pool.query(`
    select n_dead_tup::integer as dead, (pg_total_relation_size(relid) / 1e6)::integer as megabytes
    from pg_stat_user_tables where relname = 'outbox'`);
  return rows[0] ?? { dead: 0, megabytes: 0 };
}
