import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseExposition } from "#server/observe/parse-exposition.ts";
import { type RunningDoor, startDoor } from "./start-door.ts";
import { openTestDoor, type TestDoor, testEnv } from "./test-door.ts";

const metricsKey = "a-long-metrics-key";
let base: TestDoor;
let door: RunningDoor;
let url: string;
beforeAll(async () => {
  const home = mkdtempSync(path.join(tmpdir(), "door-"));
  base = await openTestDoor(home);
  door = await startDoor({ ...testEnv(base.database.url, home), metricsKey }, pino({ level: "silent" }));
  url = `http://127.0.0.1:${door.port}`;
});
afterAll(async () => {
  await door.close();
  await base.close();
});

const scrape = (key: string) => fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } });

test("a door without a metrics key shows none, and one with a key only to its holder", async () => {
  expect((await fetch(`${base.url}/metrics`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  expect((await scrape("a-long-metrics-kez")).status).toBe(401);
  expect((await scrape(metricsKey)).headers.get("content-type")).toContain("text/plain; version=0.0.4");
});

test("events that were taken and refused, and the answers to their calls, are counted", async () => {
  const send = (batch: object[], key = base.tenant.writeKey) =>
    fetch(`${url}/v1/batch`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
      body: JSON.stringify({ batch }),
    });
  const event = { type: "track", userId: "u", event: "e" };
  expect((await send([event, event, { type: "track", event: "nobody" }])).status).toBe(200);
  expect((await send([event], "wrong")).status).toBe(401);
  await expect
    .poll(async () => {
      const families = parseExposition(await (await scrape(metricsKey)).text());
      const values = (name: string, label: string) =>
        Object.fromEntries((families.get(name)?.samples ?? []).map(({ labels, value }) => [labels[label], value]));
      return [values("chasqui_door_events_total", "outcome"), values("chasqui_door_requests_total", "status")];
    })
    .toMatchObject([
      { accepted: 2, refused: 1 },
      { 200: expect.any(Number), 401: expect.any(Number) },
    ]);
});
