import { afterAll, beforeAll, expect, test } from "vitest";
import { contact } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId, shardOf } from "../id.ts";
import { testActor } from "../test-actor.ts";
import type { Actor } from "../trpc.ts";
import { CountRule, countRule } from "./count-rule.ts";

let database: TestDatabase;
let actor: Actor;

const people = async (of: Actor, count: number) => {
  const { workspaceId } = of.session;
  const rows = Array.from({ length: count }, (_, score) => {
    const id = newId();
    return {
      id,
      workspaceId,
      shard: shardOf(workspaceId, id),
      attributes: { score, country: score % 2 ? "CI" : "SN" },
    };
  });
  await database.db.insert(contact).values(rows);
};

beforeAll(async () => {
  database = await createTestDatabase();
  actor = await testActor(database.db);
  await people(actor, 20);
  await people(await testActor(database.db), 7);
});
afterAll(() => database.drop());

const score = (least: number) => ({ path: "contact.score", op: "gte", value: least });
const ivorian = { path: "contact.country", op: "eq", value: "CI" };
const count = (input: object, signal?: AbortSignal, limits?: Parameters<typeof countRule>[3]) =>
  countRule(actor, CountRule.parse(input), signal, limits);

test("a rule is counted in its own workspace, with what is left after each line", async () => {
  expect(await count({ rule: { all: [score(10), { any: [ivorian, score(16)] }] }, lines: true })).toEqual({
    ...{ matching: 7, total: 20, isAbout: false, isAtMost: false },
    lines: [
      { at: "0", people: 10, adds: false },
      { at: "1", people: 7, adds: false },
      { at: "1.0", people: 5, adds: false },
      { at: "1.1", people: 2, adds: true },
    ],
  });
});

test("what a flow asks of an event is taken to hold, and said", async () => {
  const rule = { all: [ivorian, { path: "event.amount", op: "gt", value: 5 }] };
  expect(await count({ rule })).toMatchObject({ matching: 10, total: 20, isAtMost: true, lines: [] });
});

test("what cannot be counted in time is told from a sample, rounded", async () => {
  await database.pool.query("analyze contact");
  // A rule of so many lines that a millisecond is not enough to plan it.
  const many = { all: Array.from({ length: 40 }, () => ({ any: Array.from({ length: 40 }, () => score(10)) })) };
  const told = await count({ rule: many }, undefined, { exactMs: 1, sampleMs: 20_000, samplePeople: 20_000 });
  expect(told).toMatchObject({ isAbout: true, matching: 10, total: 20, lines: [] });
});

test("whoever went on typing does not wait for the old count", async () => {
  const stop = new AbortController();
  const counting = count({ rule: ivorian }, stop.signal);
  stop.abort();
  await expect(counting).rejects.toThrow(/abort/i);
  expect(await count({ rule: ivorian })).toMatchObject({ matching: 10 });
});
