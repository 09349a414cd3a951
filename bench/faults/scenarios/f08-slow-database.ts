import { setTimeout as delay } from "node:timers/promises";
import { defineFault, type FaultBench } from "../contract.ts";

const slowMs = 500;
const slowForMs = 4_000;
/**
 * How long the door may take to say no: three seconds in line and ten for a statement, which may wait for several locks, one after the
 * other (whoever holds the first may wait for the second); and half as long again for a busy machine.
 */
const mostMs = 20_000;
/** Readers, writers of groups and key look-ups (server/door/start-door.ts). */
const doorConnections = 17;

/** Postgres answers half a second late, then a row and then a whole table is locked: 503 with Retry-After, no false yes, no endless queue. */
export const slowDatabase = defineFault({
  id: "F8",
  title: "the door's database is 500 ms slow; locks are held",
  isTimed: true,
  load: { lastsSeconds: 12 },
  inject: async (bench) => {
    const { stack, note } = bench;
    stack.proxies.doorDatabase.slowDown(slowMs);
    await delay(slowForMs);
    stack.proxies.doorDatabase.calm();
    const { status, retryAfter, tookMs } = await identifyBehindLock(bench);
    if (status !== 503 || !retryAfter)
      throw new Error(`Behind a locked row the door said ${status}, Retry-After ${retryAfter}.`);
    note("refused behind a lock after", `${Math.round(tookMs)} ms`);
    await lockTable(bench);
  },
  expect: (_, { events }) => {
    const late = events.filter(({ acceptedAt }) => acceptedAt === null).length;
    return late === 0 ? [] : [`${late} events were never taken`];
  },
});

async function identifyBehindLock({ stack, world, random }: FaultBench) {
  const person = random.pick(world.people);
  const client = await stack.pool.connect();
  try {
    await client.query("begin");
    await client.query("select 1 from contact where id = $1 for update", [person.contactId]);
    const begun = performance.now();
    const response = await fetch(`${stack.doorUrl}/v1/identify`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.writeKey}` },
      body: JSON.stringify({ userId: person.externalId, traits: { seen: true } }),
      signal: AbortSignal.timeout(mostMs),
    });
    await response.arrayBuffer();
    const tookMs = performance.now() - begun;
    return { status: response.status, retryAfter: response.headers.get("retry-after"), tookMs };
  } finally {
    await client.query("rollback");
    client.release();
  }
}

/** Everything that comes has to wait: the door keeps to its connections. */
async function lockTable({ stack, note }: FaultBench): Promise<void> {
  const client = await stack.pool.connect();
  let most = 0;
  try {
    await client.query("begin");
    await client.query("lock table event_key in share row exclusive mode");
    for (let look = 0; look < 12; look += 1) {
      await delay(500);
      const sessions = "select count(*) as n from pg_stat_activity where application_name like 'chasqui-door%'";
      most = Math.max(most, await stack.count(sessions));
    }
  } finally {
    await client.query("rollback");
    client.release();
  }
  note("connections of the door, most", most);
  if (most > doorConnections) throw new Error(`The door opened ${most} connections.`);
  await stack.until("the door is open", () => stack.isDoorOpen(), 15_000);
}
