import type pg from "pg";
import { newId } from "#server/id.ts";
import { type BenchEvent, type BenchFlow, type BenchPerson, rowsOfRun, verdictOf } from "./one-run.ts";
import { postMessage } from "./provider.ts";
import * as sql from "./statements.ts";

export type Job = { event: BenchEvent; contactId: string };

/**
 * One whole run for a job queue that gives one job per run: the rows of the engine in one transaction, then the call, then the
 * settlement. The job is the claim, so nothing has to be claimed twice. Everything is a prepared statement.
 */
export async function runOnce(pool: pg.Pool, flow: BenchFlow, { event, contactId }: Job): Promise<void> {
  const found = await pool.query<BenchPerson>({ ...sql.readPeople, values: [[contactId]] });
  const [person] = found.rows;
  const at = new Date().toISOString();
  const ids = { enrollment: newId(), message: newId() };
  const rows = person && rowsOfRun(flow, { event, person, at }, ids);
  if (!rows) return;
  await inTransaction(pool, async (client) => {
    const write = (statement: { name: string; text: string }, row: object) =>
      client.query({ ...statement, values: [JSON.stringify([row])] });
    await write(sql.insertEnrollments, rows.enrollment);
    await write(sql.insertTraces, rows.trace);
    await write(sql.insertSends, rows.send);
    const day = at.slice(0, 10);
    const raised = await client.query<{ used: number }>({
      ...sql.admitSends,
      values: [[flow.channelId], [contactId], day],
    });
    const { content, checks } = verdictOf(person, (raised.rows[0]?.used ?? 1) - 1);
    const verdict = { id: ids.message, channel_id: flow.channelId, content, checks };
    await client.query({ ...sql.writeVerdicts, values: [JSON.stringify([verdict]), ids.message, day] });
  });
  const wamid = await postMessage(person, ids.message);
  await pool.query({
    ...sql.settleSends,
    values: [JSON.stringify([{ id: ids.message, wamid, at: new Date().toISOString() }])],
  });
}

async function inTransaction(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await work(client);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
