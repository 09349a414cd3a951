import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { DatabaseClock } from "./clock.ts";

const minute = 60_000;
const hour = 60 * minute;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => vi.useRealTimers());

/** Sets the clock of this machine only; what counts the time that goes by cannot be set. */
function setMachine(aheadMs: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: databaseNow() + aheadMs });
}

let readAt = 0;
let readMs = 0;
const databaseNow = () => readMs + performance.now() - readAt;
async function askDatabase(): Promise<void> {
  const { rows } = await database.pool.query("select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms");
  [readAt, readMs] = [performance.now(), rows[0].ms];
}

describe("a machine whose clock is wrong", () => {
  test.each([
    ["an hour fast", hour],
    ["an hour slow", -hour],
    ["ten years slow", -87_600 * hour],
  ])("%s goes by the database's", async (_, aheadMs) => {
    await askDatabase();
    setMachine(aheadMs);
    const clock = new DatabaseClock(database.pool, { isDemo: false });
    await clock.refresh();
    expect(Math.abs(clock.now().getTime() - databaseNow())).toBeLessThan(5_000);
  });

  test("that is set back by five minutes and forward by an hour between two readings shows nothing of it", async () => {
    await askDatabase();
    const clock = new DatabaseClock(database.pool, { isDemo: false });
    await clock.refresh();
    for (const aheadMs of [-5 * minute, hour]) {
      setMachine(aheadMs);
      expect(Math.abs(clock.now().getTime() - databaseNow())).toBeLessThan(5_000);
    }
  });
});

test("is never ahead of the database, so that nothing leaves early", async () => {
  const clock = new DatabaseClock(database.pool, { isDemo: false });
  for (let round = 0; round < 50; round += 1) {
    await clock.refresh();
    const shown = clock.now().getTime();
    await askDatabase();
    expect(shown).toBeLessThanOrEqual(readMs);
  }
});

const noon = Date.UTC(2026, 10, 22, 12);
const pools: { end: () => Promise<void> }[] = [];

/** The database with another clock, which shows what it is told. */
async function lyingDatabase() {
  await database.pool.query(`
    create schema if not exists lie;
    create table if not exists lie.told (at timestamptz not null);
    create or replace function lie.clock_timestamp() returns timestamptz stable language sql as 'select at from lie.told'`);
  const url = new URL(database.url);
  url.searchParams.set("options", "-c search_path=lie,pg_catalog,public");
  const { pool } = connect(url.toString(), { name: "test", max: 1, onError: () => undefined });
  pools.push(pool);
  const tell = (ms: number) =>
    database.pool.query("with old as (delete from lie.told) insert into lie.told values ($1)", [new Date(ms)]);
  await tell(noon);
  return { pool, tell };
}
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

test("stands still while the database's clock is behind what it has shown", async () => {
  const { pool, tell } = await lyingDatabase();
  const clock = new DatabaseClock(pool, { isDemo: false });
  const shownAt = async (ms: number) => {
    await tell(ms);
    await clock.refresh();
    return clock.now().getTime();
  };
  const before = await shownAt(noon);
  expect(Math.abs(before - noon)).toBeLessThan(1_000);
  const setBack = await shownAt(noon - 5 * minute);
  expect(setBack).toBeGreaterThanOrEqual(before);
  expect(setBack - before).toBeLessThan(1_000);
  expect(Math.abs((await shownAt(noon + hour)) - noon - hour)).toBeLessThan(1_000);
});

test("a demo's offset counts in a demo only", async () => {
  const { pool } = await lyingDatabase();
  await pool.query("insert into demo_clock (id, offset_seconds) values (1, 3600)");
  const ahead = async (isDemo: boolean) => {
    const clock = new DatabaseClock(pool, { isDemo });
    await clock.refresh();
    return Math.round((clock.now().getTime() - noon) / minute);
  };
  expect(await ahead(true)).toBe(60);
  expect(await ahead(false)).toBe(0);
});

test("a first reading that is behind the machine's clock counts at once", async () => {
  await askDatabase();
  setMachine(hour);
  const clock = new DatabaseClock(database.pool, { isDemo: false });
  expect(clock.now().getTime() - databaseNow()).toBeGreaterThan(hour - 5_000);
  await clock.refresh();
  expect(clock.now().getTime() - databaseNow()).toBeLessThan(5_000);
});
