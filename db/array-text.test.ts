import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { bare, json, text } from "./array-text.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

// Postgres' text cannot hold NUL, and the event door lets none pass.
const anyText = fc.string({ unit: "binary", maxLength: 20 }).map((value) => value.replaceAll("\u0000", ""));

test("whatever is written as a column comes back the same", async () => {
  const row = fc.record({
    number: fc.option(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 })),
    words: fc.option(fc.oneof(anyText, fc.constantFrom("", "null", 'a"b\\c', "{,}", "\n\t\r", "\\u0041", "é😀"))),
    value: fc.dictionary(anyText, fc.oneof(anyText, fc.integer(), fc.boolean(), fc.constant(null), fc.array(anyText))),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const values = [
        bare(rows, ({ number }) => number),
        text(rows, ({ words }) => words),
        json(rows, ({ value }) => value),
      ];
      const read = await database.pool.query(
        "select * from unnest($1::integer[], $2::text[], $3::jsonb[]) as x(number, words, value)",
        values,
      );
      expect(read.rows).toEqual(JSON.parse(JSON.stringify(rows)));
    }),
    { numRuns: 300 },
  );
});
