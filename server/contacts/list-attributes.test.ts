import { afterAll, beforeAll, expect, test } from "vitest";
import { contact } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { JsonObject } from "#flow/json.ts";
import { newId, shardOf } from "../id.ts";
import { testActor } from "../test-actor.ts";
import type { Actor } from "../trpc.ts";
import { listAttributes } from "./list-attributes.ts";

let database: TestDatabase;
let owner: Actor;

async function add(actor: Actor, all: { attributes: JsonObject; tags?: string[] }[]) {
  const { workspaceId } = actor.session;
  const rows = all.map((person) => {
    const id = newId();
    return { id, workspaceId, shard: shardOf(workspaceId, id), ...person };
  });
  await database.db.insert(contact).values(rows);
}

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await testActor(database.db);
  await add(
    owner,
    Array.from({ length: 12 }, (_, index) => ({
      attributes: { country: index < 7 ? "SN" : "CI", creditScore: 700, nickname: `Person ${index}`, gone: null },
      tags: ["vip"],
    })),
  );
  await add(await testActor(database.db), [{ attributes: { secret: "of another bank" } }]);
});
afterAll(() => database.drop());

test("names what contacts have, the commonest value first, and the values where they are a choice", async () => {
  expect(await listAttributes(owner)).toEqual([
    { name: "country", sample: "SN", values: ["CI", "SN"] },
    { name: "creditScore", sample: 700, values: null },
    { name: "nickname", sample: "Person 0", values: null },
    { name: "tags", sample: ["vip"], values: ["vip"] },
  ]);
});

test("tells nobody's own text to a person who may not see contacts", async () => {
  const analyst: Actor = { ...owner, session: { ...owner.session, role: "analyst" } };
  const samples = (await listAttributes(analyst)).map(({ name, sample }) => [name, sample]);
  expect(Object.fromEntries(samples)).toEqual({ country: "SN", creditScore: 700, nickname: null, tags: ["vip"] });
});
