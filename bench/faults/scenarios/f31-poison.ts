import { setTimeout as delay } from "node:timers/promises";
import { discardDeadLetters, retryDeadLetters } from "#server/engine/dead-letters.ts";
import { shardOf } from "#server/id.ts";
import { defineFault, type FaultBench } from "../contract.ts";

const rounds = 10;
const spoiltPerRound = 8;

/**
 * Poison in the engine: signals that cannot be stored, and enrollments on whose next step the code always throws. Both come to the
 * dead letters with their cause while everybody else goes on; then a person discards the first and, the cause mended, retries the others.
 */
export const poison = defineFault({
  id: "F31",
  title: "signals that cannot be stored, steps that always throw",
  load: { lastsSeconds: 8 },
  inject: async (bench) => {
    const { stack, note } = bench;
    let spoilt = 0;
    for (let round = 0; round < rounds; round += 1) {
      await queuePoison(bench);
      spoilt += await spoilSleepers(bench);
      await delay(300);
    }
    await stack.until("every spoilt sleeper has failed", async () => (await stack.count(spoiltAsleep)) === 0, 30_000);
    await stack.until("the poison is put aside", async () => (await stack.count(unstorable)) === rounds, 30_000);
    const unnamed = await stack.count(
      `select count(*) as n from dead_letter where error = '' or flow_id is null or node_id is null`,
    );
    if (unnamed > 0) throw new Error(`${unnamed} dead letters do not say where or why they failed.`);
    note("never storable", rounds);
    note("spoilt and retried", spoilt);
    await answerLetters(bench);
  },
});

const spoiltAsleep = `
  select count(*) as n from enrollment where status = 'waiting' and node_id = 'pause' and state->'visitsByNode' = 'null' and wake_at is not null`;
const unstorable = `
  select count(*) as n from dead_letter where payload->'event'->>'id' = 'not-an-id' and attempts = 5`;

/** An event whose id the enrollment table cannot hold, for somebody who has other things coming. */
async function queuePoison({ stack, world, random }: FaultBench): Promise<void> {
  const { workspaceId } = world;
  const { contactId } = random.pick(world.people);
  const event = { id: "not-an-id", name: "bank.service", properties: { path: "send", ref: "not-an-id" }, at: 0 };
  const row = [workspaceId, shardOf(workspaceId, contactId), contactId, JSON.stringify({ kind: "event", event })];
  const insert = "insert into signal_queue (workspace_id, shard, contact_id, payload) values ($1, $2, $3, $4::json)";
  await stack.query(insert, row);
}

/** Takes from some who sleep what each next step needs (not from who has just woken). Answers how many. */
async function spoilSleepers({ stack }: FaultBench): Promise<number> {
  const spoil = `
    update enrollment set state = jsonb_set(state, '{visitsByNode}', 'null') where id in (
      select id from enrollment where status = 'waiting' and node_id = 'pause' and state->'visitsByNode' <> 'null' limit $1
    ) and node_id = 'pause' returning id`;
  return (await stack.query(spoil, [spoiltPerRound])).length;
}

/** As an operator does on the health screen. */
async function answerLetters({ stack, world }: FaultBench): Promise<void> {
  const { workspaceId } = world;
  await stack.query(
    "update enrollment set state = jsonb_set(state, '{visitsByNode}', '{}') where state->'visitsByNode' = 'null'",
  );
  const idsWhere = async (condition: string) =>
    (await stack.query<{ id: string }>(`select id from dead_letter where ${condition}`)).map(({ id }) => id);
  await discardDeadLetters(stack.db, { workspaceId, ids: await idsWhere("enrollment_id is null") });
  await retryDeadLetters(stack.db, { workspaceId, ids: await idsWhere("enrollment_id is not null") });
}
