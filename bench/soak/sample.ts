import { readFileSync } from "node:fs";
import type pg from "pg";

export type TableSize = { name: string; bytes: number; heapBytes: number; dead: number };
export type Sample = {
  /** Since the load began. */
  seconds: number;
  rssMb: number;
  sent: number;
  queued: number;
  outbox: number;
  tables: TableSize[];
};

/** The tables that rows come into and leave all the time, and the ones that only grow. */
export const hotTables = ["signal_queue", "outbox", "raw_webhook", "message", "enrollment", "trace", "cap_counter"];

/** Memory that a process really occupies, in MB; 0 for one that is gone. */
export function rssMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Sizes with indexes, the heap alone, and rows that are dead and not yet vacuumed; a partitioned table with all its parts. */
export async function tableSizes(pool: pg.Pool): Promise<TableSize[]> {
  const { rows } = await pool.query<TableSize>(
    `select t.name, sum(pg_total_relation_size(p.relid))::float8 as bytes, sum(pg_relation_size(p.relid))::float8 as "heapBytes",
            coalesce(sum(s.n_dead_tup), 0)::float8 as dead
     from unnest($1::text[]) with ordinality t(name, place)
     cross join lateral (
       select relid::oid from pg_partition_tree(t.name::regclass) union select t.name::regclass::oid
     ) p
     left join pg_stat_user_tables s on s.relid = p.relid
     group by t.name, t.place order by t.place`,
    [hotTables],
  );
  return rows;
}
