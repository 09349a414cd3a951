import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { defineFault } from "../contract.ts";

const holdMs = 10_000;

/** A report keeps its snapshot open: dead rows of the queues cannot be cleaned away, and every claim has to read past them. */
export const oldSnapshot = defineFault({
  id: "F11",
  title: "a report holds its snapshot for ten seconds",
  inject: async ({ stack, note }) => {
    const client = new pg.Client({ connectionString: stack.postgres.urlOf(stack.databaseName) });
    client.on("error", () => undefined);
    await client.connect();
    try {
      await client.query("begin isolation level repeatable read");
      await client.query("select count(*) from outbox");
      await delay(holdMs);
      const dead = await stack.count(
        "select coalesce(sum(n_dead_tup), 0) as n from pg_stat_user_tables where relname in ('signal_queue', 'outbox')",
      );
      note("dead rows", dead);
      await client.query("commit");
    } finally {
      await client.end();
    }
  },
  expect: async ({ stack }) => {
    const held = await stack.count(
      `select count(*) as n from pg_stat_activity where datname = $1 and state = 'idle in transaction'
       and state_change < now() - interval '35 seconds'`,
      [stack.databaseName],
    );
    return held === 0 ? [] : [`${held} sessions sit in an open transaction for more than 35 s`];
  },
});
