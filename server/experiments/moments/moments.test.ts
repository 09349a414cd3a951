import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld } from "#bench/experiments/cohort-people.ts";
import { sumsApart } from "#bench/experiments/cohort-worlds.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { metrics } from "#flow/metric.ts";
import { measurable, moments } from "./outcome-sql.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("S17: the sums that Postgres makes are those of the people counted one by one, for every metric", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(aWorld, async (people) => {
      expect((await sumsApart(database.db, people)).apart).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test("what the catalogue says messages tell is what they are asked for", () => {
  const told = measurable.filter((id) => metrics[id].isOfMessages);
  expect(told.toSorted()).toEqual([...Object.keys(moments), "cost"].toSorted());
});
