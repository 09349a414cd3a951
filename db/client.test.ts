import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "./client.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
let own: ReturnType<typeof connect>;

beforeEach(async () => {
  database = await createTestDatabase();
  own = connect(database.url, { name: "one-place", max: 1, onError: () => undefined });
});

afterEach(async () => {
  await own.pool.end();
  await database.drop();
});

const answer = () => own.db.transaction((tx) => tx.execute<{ n: number }>(sql`select 1 as n`));

test("a transaction that cannot begin gives its connection back", async () => {
  const isolationLevel = "no such level" as "serializable";
  await expect(own.db.transaction(async () => undefined, { isolationLevel })).rejects.toThrow();
  expect((await answer()).rows).toEqual([{ n: 1 }]);
});

test("a transaction whose session is ended in the middle gives its place back", async () => {
  const pid = (await own.db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]?.pid;
  const cut = own.db.transaction(async (tx) => {
    await database.pool.query("select pg_terminate_backend($1)", [pid]);
    await tx.execute(sql`select 1`);
  });
  await expect(cut).rejects.toThrow();
  expect((await answer()).rows).toEqual([{ n: 1 }]);
});

test("what a transaction threw is undone and told", async () => {
  const refused = own.db.transaction(async (tx) => {
    await tx.execute(sql`create table half (n integer)`);
    throw new Error("no");
  });
  await expect(refused).rejects.toThrow("no");
  const rows = await own.db.execute(sql`select to_regclass('half') as name`);
  expect(rows.rows).toEqual([{ name: null }]);
});
