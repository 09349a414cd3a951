import { connect } from "#db/client.ts";
import { newId } from "#server/id.ts";
import { reportDrain } from "../engine/report-drain.ts";
import { type BenchEvent, type BenchFlow, type BenchPerson, rowsOfRun } from "../workload/one-run.ts";
import * as sql from "../workload/statements.ts";

/**
 * The bare-bones rival of the engine, written for this one flow: no flow language, no order per person, no other workers, no repeats
 * looked for, nothing isolated. It writes the same rows into the same tables by the fewest set-based statements.
 */
const batch = Number(process.argv[2] ?? 1000);
const { pool } = connect(process.env.DATABASE_URL ?? "", { name: "prototype", max: 2, onError: () => undefined });
const client = await pool.connect();
const flows = (await client.query<BenchFlow>(sql.readFlows)).rows;
const flowOf = new Map(flows.map((flow) => [flow.workspaceId, flow]));

const claim = {
  name: "prototype-claim",
  text: `delete from signal_queue where sequence in (
           select sequence from signal_queue order by sequence limit $1 for update skip locked
         ) returning contact_id, payload -> 'event' as event`,
};

await reportDrain(pool, Number(process.argv[3] ?? 0), applyBatch);
client.release();
await pool.end();

async function applyBatch(): Promise<{ works: number; entered: number }> {
  await client.query("begin");
  const claimed = await client.query<{ contact_id: string; event: BenchEvent }>({ ...claim, values: [batch] });
  const ids = claimed.rows.map((row) => row.contact_id);
  const { rows: found } = await client.query<BenchPerson>({ ...sql.readPeople, values: [ids] });
  const people = new Map(found.map((person) => [person.id, person]));
  const at = new Date().toISOString();
  const runs = claimed.rows.flatMap(({ contact_id, event }) => {
    const person = people.get(contact_id);
    const flow = person && flowOf.get(person.workspace_id);
    const rows = flow && rowsOfRun(flow, { event, person, at }, { enrollment: newId(), message: newId() });
    return rows ? [rows] : [];
  });
  if (runs.length > 0) {
    await write(
      sql.insertEnrollments,
      runs.map((run) => run.enrollment),
    );
    await write(
      sql.insertTraces,
      runs.map((run) => run.trace),
    );
    await write(
      sql.insertSends,
      runs.map((run) => run.send),
    );
  }
  await client.query("commit");
  return { works: claimed.rows.length, entered: runs.length };
}

function write(statement: { name: string; text: string }, rows: readonly object[]) {
  return client.query({ ...statement, values: [JSON.stringify(rows)] });
}
