import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, event } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { evaluateRule } from "#flow/evaluate-rule.ts";
import { type Consents, consentPurposes, withEnds } from "#flow/gate/consent.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import { type Rule, ruleOperators } from "#flow/rule.ts";
import { countPath, type SegmentPerson, SegmentRule, segmentFacts } from "#flow/segment/segment-rule.ts";
import { newId, shardOf } from "../id.ts";
import { testActor } from "../test-actor.ts";
import { type PeopleQuestion, peopleSql } from "./people-sql.ts";

const now = Date.parse("2026-03-31T12:00:00.000Z");
const day = 86_400_000;
const names = ["loan.repaid", "loan", "kyc_done", "it's"];

let database: TestDatabase;
let workspaceId: string;
let people: (SegmentPerson & { id: string })[];

const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json[]>("a", "fr", "2026-01-01T00:00:00Z", 0, 1, 680, true, false, null, ["vip"], { a: 1 }),
  fc.string({ unit: "binary", maxLength: 3 }).map((text) => text.replaceAll("\u0000", "")),
);
const attribute = fc.constantFrom("score", "country", "tags", "firstName", "length", "__proto__");
const ages = [0, 1, day - 1, day, day + 1, 30 * day, 30 * day + 1, 31 * day, 59 * day, 62 * day, 90 * day, 400 * day];
const given = fc.record({
  state: fc.constantFrom("granted" as const, "granted" as const, "withdrawn" as const),
  at: fc
    .constantFrom(...ages, now - Date.parse("2026-02-28T12:00:00Z"), now - Date.parse("2026-01-31T12:00:00Z"))
    .map((age) => new Date(now - age).toISOString()),
  source: fc.constant("import"),
  wording: fc.constantFrom(undefined, "0a1b2c3d4e5f", "ffffffffffff"),
  expiresAt: fc.constantFrom(null, undefined, new Date(now).toISOString(), new Date(now + 1).toISOString()),
});
const person = fc.record({
  firstName: fc.constantFrom(null, "Awa", "é😀"),
  locale: fc.constantFrom(null, "fr", "en-GB"),
  timezone: fc.constantFrom(null, "Africa/Abidjan"),
  tags: fc.uniqueArray(fc.constantFrom("vip", "salary", "a"), { maxLength: 3 }),
  attributes: fc.dictionary(attribute, value, { maxKeys: 4 }),
  consents: fc.record(Object.fromEntries(consentPurposes.map((purpose) => [purpose, given])), { requiredKeys: [] }),
  events: fc.array(
    fc.record({ name: fc.constantFrom(...names), receivedAt: fc.constantFrom(...ages, -1).map((age) => now - age) }),
    { maxLength: 8 },
  ),
});

beforeAll(async () => {
  database = await createTestDatabase();
  const actor = await testActor(database.db);
  const other = await testActor(database.db);
  workspaceId = actor.session.workspaceId;
  const drawn = JSON.parse(JSON.stringify(fc.sample(person, { numRuns: 150, seed: 7 }))) as (Omit<
    SegmentPerson,
    "contact"
  > & {
    firstName: string | null;
    locale: string | null;
    timezone: string | null;
    tags: string[];
    attributes: JsonObject;
  })[];
  people = drawn.map(({ consents, events, ...contact }) => {
    const id = newId();
    return { id, consents, events, contact: { id, ...contact } };
  });
  for (const [workspace, list] of [
    [workspaceId, people],
    [other.session.workspaceId, people.map((each) => ({ ...each, id: newId() }))],
  ] as const) {
    await database.db.insert(contact).values(
      list.map(({ id, contact: { id: _, ...facts }, consents }) => ({
        ...{ id, workspaceId: workspace, shard: shardOf(workspace, id), ...facts },
        consents: consents as Consents as never,
      })),
    );
    await database.db.insert(event).values(
      list.flatMap(({ id, events }) =>
        events.map(({ name, receivedAt }) => ({
          ...{ id: newId(), workspaceId: workspace, shard: 0, contactId: id, messageId: newId(), type: "track", name },
          ...{ properties: {}, receivedAt: new Date(receivedAt), occurredAt: new Date(receivedAt) },
        })),
      ),
    );
  }
});
afterAll(() => database.drop());

const path = fc.oneof(
  fc.tuple(attribute, fc.constantFrom("", ".a", ".0")).map(([name, rest]) => `contact.${name}${rest}`),
  fc.constantFrom("contact.id", "contact.locale", "contact.timezone", "time.now"),
  fc.constantFrom(...consentPurposes).map((purpose) => `consent.${purpose}`),
  fc
    .tuple(fc.constantFrom(...names, "nothing"), fc.constantFrom(1, 30, 31, 90, 365))
    .map(([name, days]) => countPath(name, days)),
);
const wanted = fc.oneof(
  value,
  fc.constantFrom<Json[]>("granted", "withdrawn", "expired", 0, 1, 2, ["granted", 1], "2026-03-31T12:00:00.000Z"),
);
const line = fc.record({ path, op: fc.constantFrom(...ruleOperators), value: wanted });
const rule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    line,
    fc.record({ all: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ none: fc.array(tie("rule"), { maxLength: 3 }) }),
  ),
})).rule;
const consentRules = fc.record({
  months: fc.constantFrom(null, 1, 2, 12),
  since: fc.constantFrom(null, now - 30 * day, now, now + day),
  retired: fc.subarray(["0a1b2c3d4e5f", "ffffffffffff", "000000000000"]),
});

test("a segment takes in the same people in JavaScript and in Postgres, however its events are counted", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(rule, rule),
      consentRules,
      fc.constantFrom<PeopleQuestion["events"][]>("joined", "each"),
      async (drawn, rules, events) => {
        const parsed = drawn.map((each) => SegmentRule.parse(JSON.parse(JSON.stringify(each))));
        const { joins, conditions, params } = peopleSql(parsed, {
          workspaceId,
          now: new Date(now),
          consentRules: rules,
          events,
        });
        const picked = conditions.map((condition, index) => `${condition} as in_${index}`);
        const { rows } = await database.pool.query<{ id: string; in_0: boolean; in_1: boolean }>(
          `select c.id, ${picked.join(", ")} from contact c ${joins} where c.workspace_id = '${workspaceId}' order by c.id`,
          params,
        );
        const expected = people.map((each) => {
          const told = { ...each, consents: withEnds(each.consents, rules) };
          const holds = parsed.map((one) => evaluateRule(one, segmentFacts(one, told, now)));
          return { id: each.id, in_0: holds[0], in_1: holds[1] };
        });
        expect(rows).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
      },
    ),
    { numRuns: 400 },
  );
});
