import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { appSecret, hookToken, openTestDoor, type TestDoor } from "#server/door/test-door.ts";
import { newId } from "#server/id.ts";
import { prune } from "../prune.ts";
import { statusValue, testMoment, textValue } from "./test-hook-rig.ts";
import { WebhookHost } from "./webhook-host.ts";

let door: TestDoor;
let host: WebhookHost;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
  host = new WebhookHost({
    pool: door.database.pool,
    clock: { now: () => testMoment },
    log: pino({ level: "silent" }),
  });
});
afterAll(() => door.close());

const bodyOf = (value: object): string => {
  const metadata = { display_phone_number: "221338000000", phone_number_id: "111" };
  const change = { field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } };
  return JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "222", changes: [change] }] });
};

/** The same bytes with the same valid signature: Meta's header covers the body only, so a copy of an old call is genuine for ever. */
async function deliver(body: string): Promise<void> {
  const signature = `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
  const url = `${door.url}/hooks/meta/${door.tenant.channelId}/${hookToken}`;
  const answer = await fetch(url, { method: "POST", body, headers: { "x-hub-signature-256": signature } });
  expect(answer.status).toBe(200);
  await host.apply();
}

/** Everything a call can change, in a form that can be compared. */
async function state() {
  const { db } = door.database;
  return {
    messages: await db.select().from(tables.message).orderBy(tables.message.id),
    signals: await db.select().from(tables.signalQueue).orderBy(tables.signalQueue.sequence),
    contacts: await db.select().from(tables.contact).orderBy(tables.contact.id),
    ledger: await db.select().from(tables.consent),
    orphans: await db.select().from(tables.orphanStatus),
  };
}

const tablesByTime = { webhook_key: "at", raw_webhook: "processed_at", orphan_status: "received_at" };

/** As if so much time had passed since all that is stored now. */
async function letPass(interval: string): Promise<void> {
  for (const [table, column] of Object.entries(tablesByTime))
    await door.database.pool.query(`update ${table} set ${column} = ${column} - $1::interval`, [interval]);
  await prune(door.database.pool);
}

const count = async (table: string): Promise<number> =>
  (await door.database.pool.query<{ n: number }>(`select count(*)::integer as n from ${table}`)).rows[0]?.n ?? 0;

describe("F24: an old call, delivered once more with its valid signature", () => {
  const ref = newId();
  const calls: [string, string][] = [
    ["a status of ours", bodyOf(statusValue("delivered", { wamid: "wamid.ours", ref }))],
    ["a failure after it", bodyOf(statusValue("failed", { wamid: "wamid.ours", ref }))],
    ["a status of nobody", bodyOf(statusValue("read", { wamid: "wamid.nobody" }))],
    ["a text", bodyOf(textValue("Hello", { from: "221770000001", wamid: "wamid.text" }))],
    ["a STOP", bodyOf(textValue("STOP", { from: "221770000001", wamid: "wamid.stop" }))],
    // A START that is replayed must not undo a later STOP.
    ["a START", bodyOf(textValue("START", { from: "221770000001", wamid: "wamid.start" }))],
    ["a second STOP", bodyOf(textValue("STOP", { from: "221770000001", wamid: "wamid.stop2" }))],
  ];

  beforeAll(async () => {
    const { workspaceId, channelId } = door.tenant;
    const row = { id: ref, workspaceId, channelId, contactId: newId(), shard: 0, direction: "outbound" as const };
    await door.database.db
      .insert(tables.message)
      .values({ ...row, type: "template", status: "sent", wamid: "wamid.ours", createdAt: new Date() });
    for (const [, body] of calls) await deliver(body);
  });

  test.each([
    ["at once", "0 days"],
    ["7 days later", "7 days"],
  ])("changes nothing %s", async (_, interval) => {
    await letPass(interval);
    const before = await state();
    for (const [, body] of [...calls, ...calls]) await deliver(body);
    expect(await state()).toEqual(before);
    expect(before.messages.find(({ id }) => id === ref)).toMatchObject({ status: "delivered" });
    expect(before.orphans).toHaveLength(1);
    expect(before.contacts).toMatchObject([{ suppressedReason: "opt-out" }]);
  });

  test("what is only kept to know it again is forgotten after 8 days", async () => {
    await letPass("9 days");
    for (const table of Object.keys(tablesByTime)) expect([table, await count(table)]).toEqual([table, 0]);
    // Nobody knows these calls any more, but they tell their age.
    const clock = { now: () => new Date(testMoment.getTime() + 9 * 86_400_000) };
    host = new WebhookHost({ pool: door.database.pool, clock, log: pino({ level: "silent" }) });
    const { orphans: _, ...before } = await state();
    for (const [, body] of calls) await deliver(body);
    expect(await state()).toMatchObject(before);
  });
});
