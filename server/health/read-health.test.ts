import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { type Env, readEnv } from "../env.ts";
import { newId } from "../id.ts";
import { readHealth } from "./read-health.ts";

let database: TestDatabase;
// One stand-in for door and sandbox.
const parts = http.createServer((_, response) => response.end("{}"));
let env: Env;

beforeAll(async () => {
  database = await createTestDatabase();
  await new Promise<void>((resolve) => parts.listen(0, "127.0.0.1", resolve));
  const port = String((parts.address() as AddressInfo).port);
  const ports = { DOOR_PORT: port, SANDBOX_PORT: port };
  env = readEnv({ DATABASE_URL: database.url, CHASQUI_SECRET: "0".repeat(64), CHASQUI_DEMO: "1", ...ports });
});
afterAll(async () => {
  parts.close();
  await database.drop();
});

const beat = (age: string) =>
  database.pool.query(
    `insert into worker (id, name, host, fence, started_at, beat_at, lease_until)
     values ($1, 'worker-1', 'host', nextval('worker_fence'), now(), now() - $2::interval, now())`,
    [newId(), age],
  );

test("a worker is well while one of them has written in the last six seconds", async () => {
  expect(await readHealth(database.db, env)).toMatchObject({ status: "down", database: "ok", worker: "down" });
  await beat("7 seconds");
  expect(await readHealth(database.db, env)).toMatchObject({ status: "down", worker: "down" });
  await beat("1 second");
  const all = {
    status: "ok",
    database: "ok",
    door: "ok",
    worker: "ok",
    sandbox: "ok",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  };
  expect(await readHealth(database.db, env)).toEqual(all);
});

test.each<[string, Partial<Env>, object]>([
  ["without a demo there is no sandbox", { isDemo: false }, { status: "ok", sandbox: "off" }],
  ["the door is away", { doorPort: 1 }, { status: "down", door: "down", database: "ok" }],
  ["the sandbox is away", { sandboxPort: 1 }, { status: "down", sandbox: "down" }],
])("%s", async (_, more, health) => {
  expect(await readHealth(database.db, { ...env, ...more })).toMatchObject(health);
});

test("without workers, none is missed", async () => {
  await database.pool.query("delete from worker");
  expect(await readHealth(database.db, { ...env, workers: 0 })).toMatchObject({ status: "ok", worker: "off" });
});

test("when the database is away, so is the whole, and the answer still comes", async () => {
  const away = connect("postgres://127.0.0.1:1/none", { name: "test", max: 1, onError: () => undefined });
  expect(await readHealth(away.db, env)).toMatchObject({
    status: "down",
    database: "down",
    worker: "down",
    door: "ok",
  });
  await away.pool.end();
});
