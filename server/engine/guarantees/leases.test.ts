import { eq } from "drizzle-orm";
import type pg from "pg";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { engineUrl } from "../engine-url.ts";
import { connectionName, Lease, LeaseLost } from "../lease.ts";
import { inTransaction } from "../query.ts";
import { SampleWorld } from "../sample-world.ts";
import { shardLockClass } from "../signals/shard-lock.ts";
import { SignalHost } from "../signals/signal-host.ts";

const patience = { timeout: 40_000, interval: 20 };

const log = pino({ level: "silent" });
const nothingDone = { claimed: 0, signalsApplied: 0, enrollmentsOpened: 0, messagesSettled: 0 };
const wait = {
  id: "wait",
  type: "wait-until",
  data: { sources: [{ kind: "event", id: "done", event: "done" }], timeout: { amount: 1, unit: "days" } },
};

let database: TestDatabase;
let world: SampleWorld;
let pools: pg.Pool[];

beforeEach(async () => {
  database = await createTestDatabase();
  world = new SampleWorld(database);
  await world.build();
  pools = [];
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

/** A worker without its loops: a lease and a host on connections of their own. It holds the lease when this resolves. */
async function openWorker() {
  const id = newId();
  const options = { name: connectionName(id), max: 3, onError: () => undefined };
  const { pool } = connect(engineUrl(database.url), options);
  pools.push(pool);
  const lease = new Lease({ id, pool, log });
  await lease.beat(nothingDone);
  const host = new SignalHost({ pool, clock: systemClock, log, fence: lease.fence });
  return { id, pool, lease, host, beat: () => lease.beat(nothingDone) };
}

const rowOf = async (id: string) => {
  const [row] = await database.db.select().from(tables.worker).where(eq(tables.worker.id, id));
  if (!row) throw new Error(`Worker ${id} is not listed.`);
  return row;
};
const expire = (id: string) =>
  database.pool.query("update worker set lease_until = clock_timestamp() - interval '1 ms' where id = $1", [id]);
const enrollments = () => database.db.$count(tables.enrollment);

async function queuePeople(count: number): Promise<void> {
  await world.publish("enter", [wait], [["start", "next", "wait"]]);
  for (const person of await world.addContacts(count)) await world.sendEvent(person, "enter");
}

describe("8. a crashed worker's work is taken over within 30 s by lease and fencing token, and a zombie's commit is refused", () => {
  test("a worker whose lease is over commits nothing, and works again under a higher token", async () => {
    await queuePeople(10);
    const [zombie, living] = [await openWorker(), await openWorker()];
    const before = await rowOf(zombie.id);
    await expire(zombie.id);
    await expect(zombie.host.applyQueued()).rejects.toThrow(LeaseLost);
    expect(await enrollments()).toBe(0);
    await living.beat();
    expect(await rowOf(zombie.id)).toMatchObject({ state: "lost", takenOverBy: living.id });
    await expect(zombie.host.applyQueued()).rejects.toThrow();
    expect(await living.host.applyQueued()).toMatchObject({ works: 10, entered: 10 });
    await zombie.beat();
    const after = await rowOf(zombie.id);
    expect(after).toMatchObject({ state: "working", takenOverBy: null });
    expect(after.fence).toBeGreaterThan(before.fence);
    expect(after.fence).toBeGreaterThan((await rowOf(living.id)).fence);
    await queuePeople(1);
    expect(await zombie.host.applyQueued()).toMatchObject({ works: 1 });
  });

  test("a lease is 30 s of the database's clock from each beat on", async () => {
    const worker = await openWorker();
    await database.pool.query("update worker set lease_until = lease_until - interval '20 s', beat_at = 'epoch'");
    await worker.beat();
    const { rows } = await database.pool.query(
      "select extract(epoch from lease_until - clock_timestamp())::float as seconds from worker",
    );
    expect(rows[0].seconds).toBeGreaterThan(25);
    expect(rows[0].seconds).toBeLessThanOrEqual(30);
  });

  test("what a lost worker had open is ended at once, and its shards are free", async () => {
    await queuePeople(10);
    const [zombie, living] = [await openWorker(), await openWorker()];
    const client = await zombie.pool.connect();
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1, shard) from generate_series(0, 255) shard", [shardLockClass]);
    expect((await living.host.applyQueued()).works).toBe(0);
    await expire(zombie.id);
    await living.beat();
    await vi.waitFor(async () => expect((await living.host.applyQueued()).works).toBe(10), patience);
    await expect(client.query("commit")).rejects.toThrow();
    client.release(true);
  });

  test("a take-over waits for a commit that has passed the fence already", async () => {
    const [slow, living] = [await openWorker(), await openWorker()];
    await database.pool.query("update worker set lease_until = clock_timestamp() + interval '200 ms' where id = $1", [
      slow.id,
    ]);
    await inTransaction(slow.pool, async (client) => {
      await slow.lease.fence(client);
      await vi.waitFor(async () => {
        const { rows } = await database.pool.query(
          "select lease_until < clock_timestamp() as is_over from worker where id = $1",
          [slow.id],
        );
        expect(rows[0].is_over).toBe(true);
      }, patience);
      await living.beat();
      expect(await rowOf(slow.id)).toMatchObject({ state: "working" });
    });
    await living.beat();
    expect(await rowOf(slow.id)).toMatchObject({ state: "lost" });
  });

  test("a beat that comes after the lease was over, but before anybody took it, keeps the token", async () => {
    const worker = await openWorker();
    const { fence } = await rowOf(worker.id);
    await expire(worker.id);
    await worker.beat();
    expect(await rowOf(worker.id)).toMatchObject({ fence, state: "working" });
    expect(worker.lease.isHeld).toBe(true);
  });

  test("workers are named by the smallest free number, also when many start at once", async () => {
    const workers = await Promise.all(Array.from({ length: 5 }, openWorker));
    const names = async () => (await database.db.select().from(tables.worker)).map((row) => row.name).sort();
    expect(await names()).toEqual(["worker-1", "worker-2", "worker-3", "worker-4", "worker-5"]);
    const second = await database.db.select().from(tables.worker).where(eq(tables.worker.name, "worker-2"));
    await workers.find((worker) => worker.id === second[0]?.id)?.lease.release();
    const next = await openWorker();
    expect(await rowOf(next.id)).toMatchObject({ name: "worker-2" });
  });

  test("each of a worker's connections ends a silent transaction, an endless statement and an endless wait by itself", async () => {
    const { pool } = await openWorker();
    const shown = async (name: string) => (await pool.query(`show ${name}`)).rows[0][name];
    expect(await shown("idle_in_transaction_session_timeout")).toBe("20s");
    expect(await shown("statement_timeout")).toBe("30s");
    expect(await shown("lock_timeout")).toBe("10s");
  });
});
