import { connect } from "#db/client.ts";
import { newId } from "#server/id.ts";
import { type BenchFlow, type BenchPerson, verdictOf } from "../workload/one-run.ts";
import { postMessage } from "../workload/provider.ts";
import * as sql from "../workload/statements.ts";

/** The second half of the prototype: claims, counts the cap, calls the provider with no transaction open, settles. Runs until it is stopped. */
const perBatch = 64;
const lanes = 2;
const { pool } = connect(process.env.DATABASE_URL ?? "", { name: "prototype", max: lanes, onError: () => undefined });
const flows = (await pool.query<BenchFlow>(sql.readFlows)).rows;
const channelOf = new Map(flows.map((flow) => [flow.workspaceId, flow.channelId]));

process.on("SIGTERM", () => process.exit(0));
await Promise.all(Array.from({ length: lanes }, runLane));

async function runLane(): Promise<void> {
  for (;;) {
    const claimed = await claim();
    if (claimed.length === 0) await new Promise((next) => setTimeout(next, 50));
    else await settle(await Promise.all(claimed.map(call)));
  }
}

type ToCall = { messageId: string; person: BenchPerson };

async function claim(): Promise<ToCall[]> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const day = new Date().toISOString().slice(0, 10);
    type Row = { message_id: string; contact_id: string; workspace_id: string };
    const { rows } = await client.query<Row>({ ...sql.claimSends, values: [perBatch, newId(), day] });
    const found = await client.query<BenchPerson>({
      ...sql.readPeople,
      values: [rows.map((row) => row.contact_id)],
    });
    const people = new Map(found.rows.map((person) => [person.id, person]));
    const caps = rows.map(({ workspace_id, contact_id }) => ({ workspace_id, contact_id, day, used: 1 }));
    const raised = await client.query<{ contact_id: string; used: number }>({
      ...sql.raiseCaps,
      values: [JSON.stringify(caps)],
    });
    const used = new Map(raised.rows.map((row) => [row.contact_id, row.used - 1]));
    const judged = rows.flatMap((row) => {
      const person = people.get(row.contact_id);
      if (!person || !used.has(person.id)) return [];
      const { content, checks } = verdictOf(person, used.get(person.id) ?? 0);
      const verdict = { id: row.message_id, channel_id: channelOf.get(row.workspace_id), content, checks };
      return [{ messageId: row.message_id, person, verdict }];
    });
    await client.query({ ...sql.writeVerdicts, values: [JSON.stringify(judged.map((each) => each.verdict))] });
    await client.query("commit");
    return judged;
  } finally {
    client.release();
  }
}

async function call({ messageId, person }: ToCall) {
  return { id: messageId, wamid: await postMessage(person, messageId), at: new Date().toISOString() };
}

function settle(settled: readonly object[]) {
  return pool.query({ ...sql.settleSends, values: [JSON.stringify(settled)] });
}
