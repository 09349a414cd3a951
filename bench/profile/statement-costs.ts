import type pg from "pg";

/** `ms`: planned and run; `planMs` the part of it that was planning, `plans` how often. */
export type StatementCost = {
  calls: number;
  rows: number;
  ms: number;
  plans: number;
  planMs: number;
  blocks: number;
  wal: number;
  text: string;
};

/** Forgets what statements and tables cost so far. Needs pg_stat_statements among shared_preload_libraries. */
export async function resetCosts(pool: pg.Pool): Promise<void> {
  await pool.query("create extension if not exists pg_stat_statements");
  await pool.query("select pg_stat_statements_reset(), pg_stat_reset()");
}

/** The dearest statements since the reset, as Postgres timed them. */
export async function statementCosts(pool: pg.Pool): Promise<StatementCost[]> {
  const { rows } = await pool.query<StatementCost>(
    `select calls::integer, rows::integer, total_exec_time + total_plan_time as ms,
            plans::integer, total_plan_time as "planMs",
            (shared_blks_hit + shared_blks_read)::integer as blocks, wal_bytes::float8 as wal,
            regexp_replace(trim(query), '\\s+', ' ', 'g') as text
     from pg_stat_statements s join pg_database d on d.oid = s.dbid
     where d.datname = current_database() and query not like '%pg_stat%'
     order by total_exec_time + total_plan_time desc limit 30`,
  );
  return rows;
}

export type TableWrites = {
  name: string;
  inserted: number;
  updated: number;
  hot: number;
  deleted: number;
  indexes: number;
};

/** Rows written by table since the reset, and how many indexes each has. */
export async function tableWrites(pool: pg.Pool): Promise<TableWrites[]> {
  // Counters of a back-end are reported when it idles or ends; this one waits for nobody, the caller does.
  const { rows } = await pool.query<TableWrites>(
    `select relname as name, n_tup_ins::integer as inserted, n_tup_upd::integer as updated, n_tup_hot_upd::integer as hot,
            n_tup_del::integer as deleted, (select count(*)::integer from pg_index i where i.indrelid = s.relid) as indexes
     from pg_stat_user_tables s where n_tup_ins + n_tup_upd + n_tup_del > 0 order by n_tup_ins + n_tup_upd desc`,
  );
  return rows;
}
