import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { evaluateRule } from "./evaluate-rule.ts";
import type { Json } from "./json.ts";
import { Rule, ruleOperators } from "./rule.ts";
import { ruleToSql } from "./rule-sql.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const columns = {
  contact: "doc -> 'contact'",
  event: "doc -> 'event'",
  enrollment: "doc -> 'enrollment'",
  time: "doc -> 'time'",
};

/** What Postgres says about each of the documents. */
async function askPostgres(rule: Rule, docs: Json[]): Promise<boolean[]> {
  const { text, params } = ruleToSql(rule, columns, 2);
  const sql = `select ${text} as holds from jsonb_array_elements($1::jsonb) with ordinality as given (doc, place) order by place`;
  const { rows } = await database.pool.query<{ holds: boolean }>(sql, [JSON.stringify(docs), ...params]);
  return rows.map((row) => row.holds);
}

// Few names and values, so that they meet; and then everything else there is.
const name = fc.constantFrom(
  ...["a", "b", "é", "0", "1", "00", "-1", "+1", "length", "__proto__", "😀", "x'y", '"', "$1", "99999999999"],
);
const words = [
  "",
  "a",
  "A",
  "ab",
  "b",
  "é",
  "e\u0301",
  "\uffee",
  "\ud7ff",
  "😀",
  "a\uffee",
  "a😀",
  "1",
  "true",
  "null",
  "%",
  "_",
  "\\",
  "'",
  "ß",
];
const moments = [
  ...[
    "2026-11-22",
    "2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.000Z",
    "2026-11-22T11:00:00+01:00",
    "2026-11-22T10:00Z",
  ],
  ...["2026-11-22T10:00:00.1239Z", "2026-11-22T10:00:00.123Z", "2026-11-22T10:00:00.12Z", "2026-11-22T24:00:00Z"],
  ...["2026-02-30T10:00:00Z", "2024-02-29T23:59:59.999-14:00", "1900-02-29T00:00:00Z", "2000-02-29T00:00:00Z"],
  ...["1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z", "2026-11-22 10:00:00Z"],
];
const numbers = [0, -0, 1, -1, 0.1, 0.1 + 0.2, 0.3, 1e21, 1e308, 5e-324, 2 ** 53, 2 ** 53 + 2, 1.5, 10, 9];
const anyText = fc.string({ unit: "binary", maxLength: 4 }).map((raw) => raw.replaceAll("\u0000", ""));
const text = fc.oneof(fc.constantFrom(...words), fc.constantFrom(...moments), anyText);
const number = fc.oneof(fc.constantFrom(...numbers), fc.double({ noNaN: true, noDefaultInfinity: true }));
const scalar: fc.Arbitrary<Json> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const document = fc.record({ contact: value, event: value, time: fc.record({ now: text }) });
const path = fc
  .tuple(
    fc.constantFrom("contact", "event", "enrollment", "time"),
    fc.array(fc.oneof(name, fc.constant("now")), { minLength: 1, maxLength: 3 }),
  )
  .map(([source, keys]) => [source, ...keys].join("."));
const tester = fc.record({
  path,
  op: fc.constantFrom(...ruleOperators),
  value: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), value),
});
const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tester,
    fc.record({ all: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ none: fc.array(tie("rule"), { maxLength: 3 }) }),
  ),
})).rule;

/** What a document is once it has been through JSON, as every stored one has. */
const stored = (docs: Json[]): Json[] => JSON.parse(JSON.stringify(docs));

test("JavaScript and Postgres say the same of every rule and every document", async () => {
  await fc.assert(
    fc.asyncProperty(rule, fc.array(document, { minLength: 1, maxLength: 12 }), async (given, docs) => {
      const parsed = Rule.parse(stored([given])[0]);
      const facts = stored(docs);
      expect(await askPostgres(parsed, facts)).toEqual(facts.map((doc) => evaluateRule(parsed, doc)));
    }),
    { numRuns: 500 },
  );
});

test("and of every pair of awkward values under every operator", async () => {
  const values: Json[] = [
    ...words,
    ...moments,
    ...numbers,
    true,
    false,
    null,
    [],
    {},
    ["a", 1, null],
    [["a"]],
    { a: 1 },
  ];
  const facts = stored([...values.map((each) => ({ contact: { a: each } })), { contact: {} }]);
  const wishes = [...values, ["a", "b", 1, true, null, ["a"]], ["😀", 5e-324, 1e308]];
  for (const op of ruleOperators) {
    for (const wanted of wishes) {
      const given = Rule.parse(stored([{ path: "contact.a", op, value: wanted }])[0]);
      expect([op, wanted, await askPostgres(given, facts)]).toEqual([
        op,
        wanted,
        facts.map((doc) => evaluateRule(given, doc)),
      ]);
    }
  }
});

test("nothing of a rule gets into the text", () => {
  const hostile = Rule.parse({
    path: "contact.a'||pg_sleep(9)||'",
    op: "contains",
    value: "'; drop table contact; --",
  });
  const { text: sql, params } = ruleToSql(hostile, columns);
  expect(sql).not.toMatch(/sleep|drop/);
  expect(params).toEqual([
    ["a'||pg_sleep(9)||'"],
    '"\'; drop table contact; --"',
    ["a'||pg_sleep(9)||'"],
    "'; drop table contact; --",
  ]);
});
