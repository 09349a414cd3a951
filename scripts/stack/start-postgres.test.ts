import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startPostgres } from "./start-postgres.ts";
import { letOthersPass } from "./unprivileged.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "chasqui-pg-"));
  letOthersPass(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (more: { preferredPort?: number; isThrowAway?: boolean } = {}) =>
  startPostgres({
    folder: path.join(folder, "pg"),
    logFile: path.join(folder, "pg.log"),
    password: "p w/d",
    isThrowAway: true,
    ...more,
  });

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("what was written is there after a stop and a start, on the same port when it is free", async () => {
  const first = await start();
  await query(first.url, "create table kept as select 42 as answer");
  await first.stop();
  const second = await start({ preferredPort: first.port });
  expect(second.port).toBe(first.port);
  expect(await query(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await second.stop();
});

test("a server that outlived a killed start is taken over", async () => {
  const lost = await start();
  const taken = await start();
  expect(await query(taken.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await expect(query(lost.url, "select 1")).rejects.toThrow();
  await taken.stop();
});

test("a server that was killed itself recovers with the next start", async () => {
  const killed = await start({ isThrowAway: false });
  await query(killed.url, "create table kept as select 1 as one");
  const [pid] = readFileSync(path.join(folder, "pg/data/postmaster.pid"), "utf8").split("\n");
  process.kill(Number(pid), "SIGKILL");
  const next = await start();
  expect(await query(next.url, "select one from kept")).toEqual([{ one: 1 }]);
  await next.stop();
});

test("nobody on this machine gets in without the password", async () => {
  const postgres = await start();
  await expect(query(`postgres://postgres:wrong@127.0.0.1:${postgres.port}/postgres`, "select 1")).rejects.toThrow(
    /password authentication failed/,
  );
  await postgres.stop();
});
