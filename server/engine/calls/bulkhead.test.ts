import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { Outbound } from "../outbound.ts";
import { SampleWorld } from "../sample-world.ts";
import { WebhookCaller } from "./call-webhooks.ts";

let database: TestDatabase;
let world: SampleWorld;
let flowId: string;
const servers: Server[] = [];
const outbound = new Outbound({ allowsLoopback: true });
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await outbound.close();
  for (const server of servers) server.closeAllConnections();
  await database.drop();
});
beforeEach(async () => {
  world = new SampleWorld(database);
  await world.build();
  flowId = await world.publish("fraud", [], []);
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Webhook calls that are due, the first ones longest. */
async function queueCalls(urls: readonly string[]): Promise<string[]> {
  const ids = urls.map(newId);
  for (const [index, url] of urls.entries()) {
    const enrollmentId = newId();
    await database.pool.query(
      `insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, state, entered_at)
       values ($1, $2, 0, $3, $3, $1, '', $1, 'waiting', '{}', now())`,
      [enrollmentId, world.workspaceId, flowId],
    );
    await database.db.insert(tables.webhookCall).values({
      id: ids[index] ?? "",
      workspaceId: world.workspaceId,
      shard: 0,
      contactId: enrollmentId,
      enrollmentId,
      visit: 1,
      request: { method: "POST", url, headers: {}, body: {}, timeoutSeconds: 1, mapping: {} },
      notBefore: new Date(Date.now() - 60_000 + index),
    });
  }
  return ids;
}

const callsOf = (ids: readonly string[]) =>
  database.db
    .select()
    .from(tables.webhookCall)
    .where(inArray(tables.webhookCall.id, [...ids]));

describe("F25: a customer's endpoint that hangs", () => {
  test.each<[string, RequestListener]>([
    ["before it answers", () => undefined],
    ["in the middle of its answer", (_, response) => void response.writeHead(200).write("{")],
  ])("%s, is given up in time, and the calls to others do not wait behind it", async (_, hang) => {
    const [hanging, lively] = [await serve(hang), await serve((__, response) => response.end("{}"))];
    const slow = await queueCalls(Array.from({ length: 60 }, () => `${hanging}/score`));
    const quick = await queueCalls(Array.from({ length: 40 }, () => `${lively}/score`));
    const caller = new WebhookCaller({ pool: database.pool, clock: systemClock, outbound });
    const begun = performance.now();
    const states = async () => (await callsOf(quick)).map(({ status }) => status);
    await vi.waitFor(
      async () => {
        await caller.step();
        expect(new Set(await states())).toEqual(new Set(["ok"]));
      },
      { timeout: 40_000, interval: 5 },
    );
    const seconds = Math.ceil((performance.now() - begun) / 1000);
    await caller.drain();
    const tried = (await callsOf(slow)).filter(({ attempts }) => attempts > 0);
    expect(tried.length).toBeGreaterThan(0);
    // A few at a time: each second, when the first ones are given up, as many again.
    expect(tried.length).toBeLessThanOrEqual(16 * (1 + seconds));
    for (const call of tried)
      expect(call).toMatchObject({ status: "queued", error: expect.stringContaining("time-out") });
  });

  test("an endpoint gets all its calls when it is the only one, a few at a time", async () => {
    let atOnce = 0;
    let most = 0;
    const url = await serve((_, response) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      setImmediate(() => {
        atOnce -= 1;
        response.end("{}");
      });
    });
    const ids = await queueCalls(Array.from({ length: 100 }, () => url));
    const caller = new WebhookCaller({ pool: database.pool, clock: systemClock, outbound });
    await vi.waitFor(
      async () => {
        await caller.step();
        expect((await callsOf(ids)).every(({ status }) => status === "ok")).toBe(true);
      },
      { timeout: 40_000, interval: 5 },
    );
    expect(most).toBeLessThanOrEqual(16);
  });
});
