import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";

const Table = z.object({
  name: z.string(),
  bytes: z.coerce.number(),
  rows: z.coerce.number(),
  deadRows: z.coerce.number(),
});
const Facts = z.object({
  bytes: z.coerce.number(),
  connections: z.coerce.number(),
  maxConnections: z.coerce.number(),
  oldestTransactionMs: z.coerce.number(),
  /** This process may change the audit log but for its trigger: the server let us make no login without the right. */
  mayChangeAudit: z.boolean(),
});
export type DatabaseFacts = z.infer<typeof Facts> & { tables: z.infer<typeof Table>[] };

const freshMs = 10_000;
const known = new WeakMap<Database, { readAt: number; facts: Promise<DatabaseFacts> }>();

/**
 * How large the database is and what strains it. Sizes are read from the file system, so whoever asks within ten seconds gets
 * the same answer. Rows are the server's own estimates.
 */
export function readDatabase(db: Database): Promise<DatabaseFacts> {
  const before = known.get(db);
  if (before && performance.now() - before.readAt < freshMs) return before.facts;
  const facts = readNow(db);
  known.set(db, { readAt: performance.now(), facts });
  facts.catch(() => known.delete(db));
  return facts;
}

async function readNow(db: Database): Promise<DatabaseFacts> {
  const [facts, tables] = await Promise.all([
    db.execute(sql`
      select pg_database_size(current_database()) as bytes, current_setting('max_connections') as "maxConnections",
        (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
        (select coalesce(max(extract(epoch from clock_timestamp() - xact_start) * 1000), 0) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend')
          as "oldestTransactionMs",
        has_table_privilege('audit', 'UPDATE, DELETE, TRUNCATE') as "mayChangeAudit"`),
    // A partition counts for its table.
    db.execute(sql`
      select coalesce(parent.relname, s.relname) as name, sum(pg_total_relation_size(s.relid)) as bytes,
        sum(s.n_live_tup) as rows, sum(s.n_dead_tup) as "deadRows"
      from pg_stat_user_tables s
      left join pg_inherits i on i.inhrelid = s.relid left join pg_class parent on parent.oid = i.inhparent
      where s.schemaname = 'public'
      group by 1 order by 2 desc limit 6`),
  ]);
  return { ...Facts.parse(facts.rows[0]), tables: z.array(Table).parse(tables.rows) };
}
