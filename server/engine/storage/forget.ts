import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { longestCapWindowDays } from "#flow/gate/policy.ts";
import { inTransaction } from "../query.ts";
import { dropDay, oldDays, openPartitions } from "./days.ts";
import type { KeepDays, Kind } from "./keep-days.ts";

/** What was forgotten, or would be: so many rows of a table, or a whole day of one. */
export type Forgotten = { kind: AnyKind; table: string; rows: number };

type Rows = { kind: AnyKind; table: string; isOld: string };

/** Besides what the operator sets: counters that count no more, questions to people that nobody can answer any more, and files of people that came in. */
type AnyKind = Kind | keyof typeof fixedDays;

/** Rows that are deleted; `$1` is the moment before which they are old. Nothing here is needed by a message that still has to leave. */
const oldRows: readonly Rows[] = [
  { kind: "events", table: "event_key", isOld: "received_at < $1" },
  { kind: "paths", table: "webhook_call", isOld: "created_at < $1 and status in ('ok', 'failed')" },
  {
    kind: "messages",
    table: "message",
    // By the moment at which it is counted: days of which something is kept are kept whole (rollup/rebuild-counts.ts).
    isOld: "coalesce(sent_at, created_at) < $1 and not exists (select 1 from outbox o where o.message_id = message.id)",
  },
  { kind: "messages", table: "link", isOld: "created_at < $1 and expires_at < $1" },
  { kind: "failures", table: "raw_webhook", isOld: "received_at < $1 and error is not null" },
  { kind: "failures", table: "dead_letter", isOld: "at < $1" },
  { kind: "notifications", table: "notification", isOld: "at < $1" },
  { kind: "notifications", table: "mail", isOld: "created_at < $1 and state not in ('waiting', 'sending')" },
  // A cap counts for its own day, which is current somewhere for two, and in the longest rolling cap.
  { kind: "counters", table: "cap_counter", isOld: "day < to_char($1::timestamptz at time zone 'UTC', 'YYYY-MM-DD')" },
  { kind: "counters", table: "spending", isOld: "month < to_char($1::timestamptz at time zone 'UTC', 'YYYY-MM')" },
  // What was agreed to by them is in the ledger of consents, with its proof.
  { kind: "opt-ins", table: "opt_in_link", isOld: "expires_at < $1" },
  { kind: "opt-ins", table: "opt_in_sign_up", isOld: "expires_at < $1" },
  // Its rows before an import, so that no slice takes a whole file with it.
  {
    kind: "imports",
    table: "contact_import_row",
    isOld: `exists (select 1 from contact_import i where i.id = import_id and ${isOldImport("i")})`,
  },
  { kind: "imports", table: "contact_import", isOld: isOldImport("contact_import") },
];

/** Also one that was never begun: its file has been waiting since it came. */
function isOldImport(table: string): string {
  return `${table}.state <> 'running' and coalesce(${table}.ended_at, ${table}.created_at) < $1`;
}

const dayMs = 86_400_000;
/** Counters: see above. Opt-ins: a month after their end, in which somebody may still ask why a link does not work. Imports: as long, in which their rows may be corrected. */
const fixedDays = { counters: 3 + longestCapWindowDays, "opt-ins": 30, imports: 30 } as const;
const sliceRows = 5_000;
/** Between two slices, so that others get at the disk. */
const pauseMs = 20;

export type ForgetOptions = {
  /** The product's time. */
  now: Date;
  keep: KeepDays;
  /** Only counts. */
  isDryRun?: boolean;
  /** Asked between two slices: true ends it early, and the next run goes on. */
  isStopping?: () => boolean;
};

/**
 * Forgets what is older than it is kept: whole days by dropping them, other rows in slices of 5,000, each in a transaction of
 * its own. Safe to repeat, to break off and to run in several places at once.
 */
export async function forget(
  pool: pg.Pool,
  { now, keep, isDryRun = false, isStopping }: ForgetOptions,
): Promise<Forgotten[]> {
  const done: Forgotten[] = [];
  const days = { ...keep, ...fixedDays };
  const gone = await oldDays(pool, now, keep);
  for (const day of gone) {
    const rows = isDryRun ? await countRows(pool, day.name, "true", []) : await estimateRows(pool, day.name);
    if (isDryRun || (await dropDay(pool, day))) done.push({ kind: day.kind, table: day.name, rows });
  }
  const open = (await openPartitions(pool)).flatMap(({ kind, name, column }): Rows[] =>
    gone.some((day) => day.name === name) ? [] : [{ kind, table: name, isOld: `${column} < $1` }],
  );
  for (const { kind, table, isOld } of [...open, ...oldRows]) {
    const before = new Date(now.getTime() - days[kind] * dayMs);
    const rows = isDryRun
      ? await countRows(pool, table, isOld, [before])
      : await deleteSlices(pool, { table, isOld, before, isStopping });
    if (rows > 0) done.push({ kind, table, rows });
  }
  return done;
}

async function countRows(pool: pg.Pool, table: string, condition: string, values: unknown[]): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(`select count(*) as n from ${table} where ${condition}`, values);
  return Number(rows[0]?.n ?? 0);
}

/** As Postgres last counted them: a day that is about to be dropped is not worth reading. */
async function estimateRows(pool: pg.Pool, table: string): Promise<number> {
  const text = "select greatest(reltuples, 0)::bigint as n from pg_class where oid = $1::regclass";
  const { rows } = await pool.query<{ n: string }>(text, [table]);
  return Number(rows[0]?.n ?? 0);
}

type Slices = { table: string; isOld: string; before: Date; isStopping?: () => boolean };

/** Goes through the table once from its first page to its last: each slice begins where the one before it ended. What is in use stays. */
async function deleteSlices(pool: pg.Pool, { table, isOld, before, isStopping }: Slices): Promise<number> {
  const text = `
    with old as materialized (select ctid as place from ${table} where ctid > $2::tid and ${isOld} limit ${sliceRows} for update skip locked),
    gone as (delete from ${table} where ctid = any(array(select place from old)) returning 1)
    select (select count(*) from gone)::integer as rows, (select count(*) from old)::integer as found, (select max(place) from old)::text as last`;
  let rows = 0;
  for (let place = "(0,0)"; !isStopping?.(); ) {
    const slice = await inTransaction(pool, async (client) => {
      // The worker's connections avoid reading tables whole; here that is the point.
      await client.query("set local enable_seqscan = on");
      const result = await client.query<{ rows: number; found: number; last: string | null }>(text, [before, place]);
      return result.rows[0];
    });
    rows += slice?.rows ?? 0;
    if (!slice?.last || slice.found < sliceRows) break;
    place = slice.last;
    await delay(pauseMs);
  }
  return rows;
}
