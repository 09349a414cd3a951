import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { shardLockClass } from "./shard-lock.ts";
import type { Work } from "./work.ts";

const lockShards: Statement = {
  name: "again-lock-shards",
  text: `
    with wanted as materialized (select distinct unnest($1::smallint[]) as shard)
    select shard from wanted where pg_try_advisory_xact_lock($2, shard)`,
};

const stillQueued: Statement = {
  name: "again-queue",
  text: "select sequence as number from signal_queue where sequence = any($1::bigint[])",
};

const stillHeld: Statement = {
  name: "again-held",
  text: "select id as number from held_signal where id = any($1::bigint[])",
};

/**
 * Claims works once more after the transaction that claimed them failed: those whose shard is free and that nobody has
 * crossed off in between. A timer needs no check: the core ignores one that is not due any more.
 */
export async function claimAgain(client: pg.ClientBase, works: readonly Work[]): Promise<Work[]> {
  const locked = await query<{ shard: number }>(client, lockShards, [works.map((work) => work.shard), shardLockClass]);
  const shards = new Set(locked.map((row) => row.shard));
  const mine = works.filter((work) => shards.has(work.shard));
  const queued = await numbersLeft(client, stillQueued, mine, "queue");
  const held = await numbersLeft(client, stillHeld, mine, "held");
  return mine.filter(({ source, sequence }) =>
    source === "queue" ? queued.has(sequence) : source === "held" ? held.has(sequence) : true,
  );
}

async function numbersLeft(
  client: pg.ClientBase,
  statement: Statement,
  works: readonly Work[],
  source: Work["source"],
): Promise<ReadonlySet<number>> {
  const wanted = works.filter((work) => work.source === source).map((work) => work.sequence);
  if (wanted.length === 0) return new Set();
  const rows = await query<{ number: string }>(client, statement, [wanted]);
  return new Set(rows.map((row) => Number(row.number)));
}
