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
         ) returning contact_id, event_id, created_at`,
};

/** Of these times, so that only the tables of their days are opened. */
const readEvents = {
  name: "prototype-events",
  text: `select id, name, properties, date_part('epoch', occurred_at) * 1000 as at
         from event where id = any($1::uuid[]) and received_at between $2::timestamptz and $3::timestamptz`,
};

await reportDrain(pool, Number(process.argv[3] ?? 0), applyBatch);
client.release();
await pool.end();

async function applyBatch(): Promise<{ works: number; entered: number }> {
  await client.query("begin");
  const claimed = await client.query<Claimed>({ ...claim, values: [batch] });
  const ids = claimed.rows.map((row) => row.contact_id);
  const { rows: found } = await client.query<BenchPerson>({ ...sql.readPeople, values: [ids] });
  const people = new Map(found.map((person) => [person.id, person]));
  const events = await eventsOf(claimed.rows);
  const at = new Date().toISOString();
  const runs = claimed.rows.flatMap(({ contact_id, event_id }) => {
    const event = events.get(event_id);
    const person = people.get(contact_id);
    const flow = person && flowOf.get(person.workspace_id);
    const rows = flow && event && rowsOfRun(flow, { event, person, at }, { enrollment: newId(), message: newId() });
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

type Claimed = { contact_id: string; event_id: string; created_at: Date };

async function eventsOf(rows: readonly Claimed[]): Promise<Map<string, BenchEvent>> {
  const times = rows.map(({ created_at }) => created_at.getTime());
  const values = [rows.map(({ event_id }) => event_id), new Date(Math.min(...times)), new Date(Math.max(...times))];
  const { rows: events } = await client.query<BenchEvent>({
    ...readEvents,
    values: rows.length > 0 ? values : [[], null, null],
  });
  return new Map(events.map((event) => [event.id, event]));
}

function write(statement: { name: string; text: string }, rows: readonly object[]) {
  return client.query({ ...statement, values: [JSON.stringify(rows)] });
}
