import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import * as schema from "./schema/index.ts";

export type Database = ReturnType<typeof connect>["db"];

/** Either the database or a transaction on it: what a verb takes, so that it can be part of a larger change. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
export type Queryable = NodePgDatabase<typeof schema> | Transaction;

/**
 * Backstops in milliseconds, kept by the server on each connection: how long a statement may run, how long it may wait for a lock,
 * and how long a transaction may stay open without a word (20 s: less than a worker's lease, so that what a lost worker left open
 * is over when its work is taken over).
 */
export type Backstops = { statementMs: number; lockMs: number; silenceMs: number };

const drizzleOptions = { schema, casing: "snake_case" } as const;

const usual: Backstops = { statementMs: 30_000, lockMs: 10_000, silenceMs: 20_000 };

type ConnectOptions = {
  name: string;
  max: number;
  onError: (error: Error) => void;
  backstops?: Partial<Backstops>;
};

/**
 * Opens a pool. `name` shows in pg_stat_activity. Connections come up lazily; a lost idle connection is reported to
 * `onError` and replaced (without a listener it would kill the process).
 */
export function connect(url: string, options: ConnectOptions) {
  const { statementMs, lockMs, silenceMs } = { ...usual, ...options.backstops };
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: `chasqui-${options.name}`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: silenceMs,
  });
  pool.on("error", options.onError);
  // The pool listens to idle connections only: one that is lost between two statements of a transaction would end the process.
  pool.on("connect", (client) => client.on("error", options.onError));
  return { pool, db: databaseOn(pool) };
}

/** A pool as the verbs want it: how a worker, which has a pool, calls a verb. */
export function databaseOn(pool: pg.Pool) {
  const db = drizzle(pool, drizzleOptions);
  db.transaction = transactionOn(pool);
  return db;
}

/** A verb's view of a connection on which somebody else began a transaction: how the engine's own SQL calls it. */
export const onClient = (client: pg.ClientBase): Queryable => drizzle(client as pg.PoolClient, drizzleOptions);

/**
 * A transaction on a connection that is given back whatever happens. Drizzle's own keeps it where "begin" itself fails, as when the
 * server dies at that moment: each such loss would take a place of the pool for good.
 */
function transactionOn(pool: pg.Pool): NodePgDatabase<typeof schema>["transaction"] {
  const databases = new WeakMap<pg.PoolClient, NodePgDatabase<typeof schema>>();
  return async (work, config) => {
    const client = await pool.connect();
    try {
      const db = databases.get(client) ?? drizzle(client, drizzleOptions);
      databases.set(client, db);
      return await db.transaction(work, config);
    } finally {
      client.release();
    }
  };
}
