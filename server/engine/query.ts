import type pg from "pg";

/** A statement under its own name: parsed and planned once per connection. */
export type Statement = { name: string; text: string };

/** Runs a prepared statement and answers its rows. `Row` is the shape that the statement's own file promises. */
export async function query<Row extends pg.QueryResultRow>(
  client: pg.ClientBase | pg.Pool,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await client.query<Row>({ ...statement, values });
  return rows;
}

/**
 * Runs `work` in one transaction on a connection of its own. A connection whose transaction could not be rolled back is
 * thrown away: nobody may get it with half a transaction open.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    const rolledBack = await client.query("rollback").then(
      () => true,
      () => false,
    );
    client.release(!rolledBack);
    throw error;
  }
}
