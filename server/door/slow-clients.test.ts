import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rawWebhook } from "#db/schema/index.ts";
import { type RunningDoor, startDoor } from "./start-door.ts";
import { appSecret, hookToken, openTestDoor, type TestDoor, testEnv } from "./test-door.ts";

/** Short enough for a test; the door's own are ten times and more. */
const patience = { headersMs: 800, requestMs: 1_600 };

let world: TestDoor;
let door: RunningDoor;
beforeAll(async () => {
  const home = mkdtempSync(path.join(tmpdir(), "door-"));
  world = await openTestDoor(home);
  door = await startDoor(testEnv(world.database.url, home), pino({ level: "silent" }), { patience });
});
afterAll(async () => {
  await door.close();
  await world.close();
});

const hookPath = () => `/hooks/meta/${world.tenant.channelId}/${hookToken}`;
const body = '{"object":"whatsapp_business_account","entry":[]}';
const signature = `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;

/** Sends a request one byte at a time and never comes to its end; answers what the door said and when it cut the line. */
function drip(text: string, everyMs: number): { ended: Promise<{ afterMs: number; answer: string }>; socket: Socket } {
  const socket = connect(door.port, "127.0.0.1");
  const begun = performance.now();
  let answer = "";
  let at = 0;
  const timer = setInterval(() => {
    if (at < text.length && socket.writable) socket.write(text.slice(at, ++at));
  }, everyMs);
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.on("error", () => undefined);
  const ended = new Promise<{ afterMs: number; answer: string }>((resolve) => {
    socket.on("close", () => {
      clearInterval(timer);
      resolve({ afterMs: performance.now() - begun, answer });
    });
  });
  return { ended, socket };
}

const headers = () => `POST ${hookPath()} HTTP/1.1\r\nhost: door\r\nx-hub-signature-256: ${signature}\r\n`;
const slowHeaders = () => `${headers()}${"x-more: y\r\n".repeat(500)}`;
const slowBody = () => `${" ".repeat(20_000)}`;

async function liveCalls(count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const begun = performance.now();
    const answer = await fetch(`http://127.0.0.1:${door.port}${hookPath()}`, {
      method: "POST",
      body,
      headers: { "x-hub-signature-256": signature },
    });
    expect(answer.status).toBe(200);
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b);
}

const p95 = (times: number[]): number => times[Math.floor(times.length * 0.95)] ?? 0;

describe("F23: clients that send a byte at a time", () => {
  test("are cut off when their time is over, by headers and by body, and live calls do not feel them", async () => {
    await liveCalls(30);
    const before = p95(await liveCalls(100));
    const byHeaders = Array.from({ length: 40 }, () => drip(slowHeaders(), 50));
    const byBody = Array.from({ length: 40 }, () => {
      const slow = drip(slowBody(), 50);
      slow.socket.write(`${headers()}content-length: 20000\r\n\r\n`);
      return slow;
    });
    const during = p95(await liveCalls(100));
    const ends = await Promise.all([...byHeaders, ...byBody].map(({ ended }) => ended));
    // The clock of the door ticks every 800 ms, and a busy machine is late.
    for (const { afterMs } of ends) expect(afterMs).toBeLessThan(6_000);
    for (const { answer } of ends.slice(0, 40)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(during).toBeLessThan(Math.max(before * 3, 250));
    expect(await world.database.db.$count(rawWebhook)).toBe(230);
  });

  test("a client that goes away in the middle of its body leaves nothing stored", async () => {
    const count = () => world.database.db.$count(rawWebhook);
    const before = await count();
    const { socket, ended } = drip("", 1000);
    socket.write(`${headers()}content-length: ${body.length}\r\n\r\n${body.slice(0, -1)}`);
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.destroySoon();
    await ended;
    await liveCalls(1);
    expect(await count()).toBe(before + 1);
  });
});
