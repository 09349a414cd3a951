import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { DatabaseClock } from "../clock.ts";
import { readEnv } from "../env.ts";
import { AdvanceClock, advanceClock } from "./advance-clock.ts";

let database: TestDatabase;
const told: string[] = [];
let sandboxStatus = 200;
// The sandbox is a foreign service to the product: a stand-in at the HTTP edge.
const sandbox = http.createServer(async (request, response) => {
  told.push(`${request.url} ${await text(request)}`);
  response.writeHead(sandboxStatus).end("{}");
});

beforeAll(async () => {
  database = await createTestDatabase();
  await new Promise<void>((resolve) => sandbox.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  sandbox.close();
  await database.drop();
});

const env = (demo: "0" | "1") =>
  readEnv({
    DATABASE_URL: database.url,
    CHASQUI_SECRET: "0".repeat(64),
    CHASQUI_DEMO: demo,
    SANDBOX_PORT: String((sandbox.address() as AddressInfo).port),
  });

async function aheadSeconds(): Promise<number> {
  const clock = new DatabaseClock(database.pool, { isDemo: true });
  await clock.refresh();
  return Math.round((clock.now().getTime() - Date.now()) / 1000);
}

test("product and sandbox go forward together, every process hears of it, and steps add up", async () => {
  const listener = await database.pool.connect();
  const heard = new Promise((resolve) => listener.once("notification", ({ payload }) => resolve(payload)));
  await listener.query("listen chasqui_clock");
  const { now } = await advanceClock(database.db, env("1"), { advanceSeconds: 3600 });
  expect(await heard).toBe("3600");
  listener.release(true);
  expect(Math.round((Date.parse(now) - Date.now()) / 60_000)).toBe(60);
  await advanceClock(database.db, env("1"), { advanceSeconds: 600 });
  expect(await aheadSeconds()).toBe(4200);
  expect(told).toEqual(['/__sandbox/clock {"advance_ms":3600000}', '/__sandbox/clock {"advance_ms":600000}']);
});

test("where the sandbox does not follow, the product's clock stays", async () => {
  const before = await aheadSeconds();
  sandboxStatus = 500;
  await expect(advanceClock(database.db, env("1"), { advanceSeconds: 60 })).rejects.toThrow(/sandbox/i);
  sandboxStatus = 200;
  expect(await aheadSeconds()).toBe(before);
});

test("ten years are enough", async () => {
  const year = 31_536_000;
  const steps = async () => {
    for (let index = 0; index < 11; index++) await advanceClock(database.db, env("1"), { advanceSeconds: year });
  };
  await expect(steps()).rejects.toMatchObject({ code: "refused" });
});

test("outside a demo there is no such thing", async () => {
  await expect(advanceClock(database.db, env("0"), { advanceSeconds: 1 })).rejects.toMatchObject({ code: "not-found" });
});

test.each([[-1], [1.5], [31_536_001], ["60"], [null]])("%s seconds are refused", (advanceSeconds) => {
  expect(AdvanceClock.safeParse({ advanceSeconds }).success).toBe(false);
});
