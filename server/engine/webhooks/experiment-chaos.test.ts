import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anyOrder, inOrder, readAfter } from "#bench/experiments/shuffled-calls.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("S15: an experiment reads the same, byte by byte, however its calls are shuffled, doubled and late", {
  timeout: 120_000,
}, async () => {
  const expected = await readAfter(database, inOrder);
  expect(expected).toContain('"sum":3');
  await fc.assert(
    fc.asyncProperty(anyOrder, async (order) => {
      expect(await readAfter(database, order)).toBe(expected);
    }),
    { numRuns: 40 },
  );
});
