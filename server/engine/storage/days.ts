import type pg from "pg";
import { inTransaction } from "../query.ts";
import type { KeepDays, Kind } from "./keep-days.ts";

/** Tables with one partition a day (docs/decisions/010-storage.md). */
export const tablesByDay: readonly { table: string; column: string; kind: Kind }[] = [
  { table: "event", column: "received_at", kind: "events" },
  { table: "trace", column: "at", kind: "paths" },
];

const dayMs = 86_400_000;
/** So many days are made ahead: a worker that is away over a weekend leaves no gap. */
const daysAhead = 4;
/** Whoever holds a table longer is not waited for: the door's inserts would queue up behind us. Below Postgres' deadlock time-out, so that we give way first. */
const lockTimeout = "500ms";
/** Someone holds the table; the day is covered already; rows of that day lie in "rest" already. All three are no error of ours. */
const passing = new Set(["55P03", "42P17", "42P07", "23514"]);

/** Makes the days ahead of `now` (the product's time). Answers the names of those that are new. */
export async function makeDays(pool: pg.Pool, now: Date): Promise<string[]> {
  const made: string[] = [];
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  for (const { table } of tablesByDay) {
    const known = new Set((await partitionsOf(pool, table)).map(({ name }) => name));
    for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
      const [from, to] = [dayOf(today + ahead * dayMs), dayOf(today + (ahead + 1) * dayMs)];
      const name = `${table}_${from.replaceAll("-", "_")}`;
      const text = `create table ${name} partition of ${table} for values from ('${from} 00:00Z') to ('${to} 00:00Z')`;
      if (!known.has(name) && (await isDone(pool, text))) made.push(name);
    }
  }
  return made;
}

export type OldDay = { kind: Kind; name: string; until: Date };

/** The partitions whose last moment is past what is kept, the oldest first. */
export async function oldDays(pool: pg.Pool, now: Date, keep: KeepDays): Promise<OldDay[]> {
  const all = await Promise.all(
    tablesByDay.map(async ({ table, kind }) =>
      (await partitionsOf(pool, table)).flatMap(({ name, until }) =>
        until !== null && until.getTime() <= now.getTime() - keep[kind] * dayMs ? [{ kind, name, until }] : [],
      ),
    ),
  );
  return all.flat().toSorted((a, b) => a.until.getTime() - b.until.getTime());
}

/** The partitions that are no single day: what was there before there were days, and what no day was made for. */
export async function openPartitions(pool: pg.Pool): Promise<{ kind: Kind; name: string; column: string }[]> {
  const all = await Promise.all(
    tablesByDay.map(async ({ table, kind, column }) =>
      (await partitionsOf(pool, table)).flatMap(({ name, isDay }) => (isDay ? [] : [{ kind, name, column }])),
    ),
  );
  return all.flat();
}

/** Drops one; false when somebody holds the table, and another time will do. */
export const dropDay = (pool: pg.Pool, { name }: OldDay): Promise<boolean> => isDone(pool, `drop table ${name}`);

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `until` is null for "rest", which has no end; "before" has an end and no beginning. */
type Partition = { name: string; until: Date | null; isDay: boolean };

async function partitionsOf(pool: pg.Pool, table: string): Promise<Partition[]> {
  const { rows } = await pool.query<Partition>(
    `select c.relname as name, pg_get_expr(c.relpartbound, c.oid) like 'FOR VALUES FROM (''%' as "isDay",
            substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''\\)')::timestamptz as until
     from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass`,
    [table],
  );
  return rows;
}

async function isDone(pool: pg.Pool, text: string): Promise<boolean> {
  try {
    await inTransaction(pool, async (client) => {
      await client.query(`set local lock_timeout = '${lockTimeout}'`);
      await client.query(text);
    });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && passing.has(String(error.code))) return false;
    throw error;
  }
}
