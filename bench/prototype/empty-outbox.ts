import type pg from "pg";
import { byKeysOnly } from "#db/by-keys-only.ts";
import { connect } from "#db/client.ts";
import { dispatchUrl } from "#server/engine/engine-url.ts";
import { newId } from "#server/id.ts";
import { type BenchFlow, type BenchPerson, verdictOf } from "../workload/one-run.ts";
import { postMessage } from "../workload/provider.ts";
import * as sql from "../workload/statements.ts";

/**
 * The second half of the prototype: claims, takes the number's, the pairs' and the caps' leave, keeps the verdicts, calls the provider
 * with no transaction open, settles. Runs until it is stopped. As many messages are under way as in the engine.
 */
const perBatch = 128;
const lanes = 2;
// The engine's own address, and in the order of an index: by the statistics of a nearly empty queue Postgres would sort all of it for
// each claim, which costs 60 us a message of 40,000.
const url = byKeysOnly(dispatchUrl(process.env.DATABASE_URL ?? ""), ["enable_bitmapscan=off", "enable_sort=off"]);
const { pool } = connect(url, {
  name: "prototype",
  max: lanes,
  onError: () => undefined,
});
const flows = (await pool.query<BenchFlow>(sql.readFlows)).rows;
const channelOf = new Map(flows.map((flow) => [flow.workspaceId, flow.channelId]));

process.on("SIGTERM", () => process.exit(0));
await Promise.all(Array.from({ length: lanes }, runLane));

async function runLane(): Promise<void> {
  for (;;) {
    const claimed = await claim();
    if (claimed.length === 0) await new Promise((next) => setTimeout(next, 50));
    else {
      await takeTokens(claimed);
      await settle(await Promise.all(claimed.map(call)));
    }
  }
}

type ToCall = { messageId: string; person: BenchPerson };
type Due = BenchPerson & { message_id: string };

async function claim(): Promise<ToCall[]> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const day = new Date().toISOString().slice(0, 10);
    const { rows } = await client.query<Due>({ ...sql.lockSends, values: [perBatch] });
    const used = await admit(client, rows, day);
    const verdicts = rows.flatMap((person) => {
      const before = used.get(person.id);
      if (before === undefined) return [];
      const { content, checks } = verdictOf(person, before);
      return [{ id: person.message_id, channel_id: channelOf.get(person.workspace_id), content, checks }];
    });
    await client.query({ ...sql.writeVerdicts, values: [JSON.stringify(verdicts), newId(), day] });
    await client.query("commit");
    return rows.filter(({ id }) => used.has(id)).map((person) => ({ messageId: person.message_id, person }));
  } finally {
    client.release();
  }
}

/** Who may be written to now, and how much of their cap they had used before. */
async function admit(client: pg.PoolClient, due: readonly Due[], day: string): Promise<Map<string, number>> {
  const { rows } = await client.query<{ contact_id: string; used: number }>({
    ...sql.admitSends,
    values: [due.map(({ workspace_id }) => channelOf.get(workspace_id)), due.map(({ id }) => id), day],
  });
  return new Map(rows.map((row) => [row.contact_id, row.used - 1]));
}

/** The number's bucket, in a statement of its own as its row is shared by all; waits while it is overdrawn. */
async function takeTokens(claimed: readonly ToCall[]): Promise<void> {
  const [first] = claimed;
  if (!first) return;
  const values = [channelOf.get(first.person.workspace_id), claimed.length];
  const { rows } = await pool.query<{ tokens: number }>({ ...sql.takeTokens, values });
  const missing = -(rows[0]?.tokens ?? 0);
  if (missing > 0) await new Promise((next) => setTimeout(next, missing / 20));
}

async function call({ messageId, person }: ToCall) {
  return { id: messageId, wamid: await postMessage(person, messageId), at: new Date().toISOString() };
}

function settle(settled: readonly object[]) {
  return pool.query({ ...sql.settleSends, values: [JSON.stringify(settled)] });
}
