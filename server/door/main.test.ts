import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDoor, post, type TestDoor, testSecret } from "./test-door.ts";

/** Only its database and keys are used: the doors of these tests are processes of their own. */
let base: TestDoor;
beforeAll(async () => {
  base = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => base.close());

async function spawnDoor(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const { TEST_DATABASE_URL, ...inherited } = process.env;
  const env = {
    ...inherited,
    DOOR_PORT: String(port),
    DATABASE_URL: base.database.url,
    CHASQUI_SECRET: testSecret,
    CHASQUI_HOME: base.home,
  };
  const child = spawn(process.execPath, ["server/door/main.ts"], { env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(`${url}/health`).then(
          (answer) => answer.status,
          () => 0,
        ),
      { timeout: 60_000, interval: 50 },
    )
    .toBe(200);
  return { child, url };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

test.each(["SIGTERM", "SIGKILL"] as const)(
  "after %s in the middle of a storm every answered event is there, and a retry of all gives each once",
  async (signal) => {
    const first = await spawnDoor();
    const answered: string[] = [];
    const ids = Array.from({ length: 400 }, (_, index) => `${signal}-${index}`);
    const sendAll = (url: string) =>
      Promise.all(
        ids.map(async (messageId) => {
          const body = { userId: `storm-${messageId.length}`, event: "storm", messageId };
          const answer = await post(`${url}/v1/track`, base.tenant.writeKey, body).catch(() => null);
          if (answer?.status === 200) answered.push(messageId);
          if (answered.length === 20) first.child.kill(signal);
        }),
      );
    const exit = once(first.child, "exit");
    await sendAll(first.url);
    const [code] = await exit;
    expect(code).toBe(signal === "SIGTERM" ? 0 : null);
    const stored = async () => {
      const { rows } = await base.database.pool.query<{ message_id: string }>(
        "select message_id from event where message_id like $1",
        [`${signal}-%`],
      );
      return rows.map((row) => row.message_id);
    };
    expect(await stored()).toEqual(expect.arrayContaining(answered));
    const second = await spawnDoor();
    await sendAll(second.url);
    second.child.kill("SIGTERM");
    await once(second.child, "exit");
    expect((await stored()).sort()).toEqual(ids.toSorted());
  },
  120_000,
);

test("a taken port is one clear sentence and a failure, not a door that hangs", async () => {
  const env = {
    ...process.env,
    DOOR_PORT: String(base.port),
    DATABASE_URL: base.database.url,
    CHASQUI_SECRET: testSecret,
    CHASQUI_HOME: base.home,
  };
  const child = spawn(process.execPath, ["server/door/main.ts"], { env, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(output).toContain("EADDRINUSE");
}, 60_000);
