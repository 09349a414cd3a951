import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#server/id.ts";
import { migrateDatabase } from "./migrate.ts";
import { user } from "./schema/index.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let one: TestDatabase;
let other: TestDatabase;

beforeAll(async () => {
  [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all([one.drop(), other.drop()]));

test("each test database is migrated and sees nothing of another one", async () => {
  const id = newId();
  await one.db.insert(user).values({ id, name: "Asha", email: "asha@demo.test" });
  expect(await one.db.select().from(user).where(eq(user.id, id))).toHaveLength(1);
  expect(await other.db.select().from(user)).toHaveLength(0);
});

test("migrating twice, also at the same time, changes nothing and fails nothing", async () => {
  await Promise.all([migrateDatabase(one.url), migrateDatabase(one.url)]);
  const { rows } = await one.pool.query(
    "select count(*)::int as count from drizzle.__drizzle_migrations group by hash",
  );
  expect(rows.every((row) => row.count === 1)).toBe(true);
});

test.each([
  [
    "nobody listens there",
    "postgres://127.0.0.1:1/x",
    /DATABASE_URL \(127\.0\.0\.1:1\/x\) cannot be used: .*ECONNREFUSED/,
  ],
  ["it is not an address", "somewhere", /DATABASE_URL \(not a postgres:\/\/ address\) cannot be used/],
])("a database that cannot be reached is named in one sentence: %s", async (_, url, message) => {
  await expect(migrateDatabase(url)).rejects.toThrow(message);
});
