import fc from "fast-check";
import pino from "pino";
import type { Database } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { SampleWorld } from "#server/engine/sample-world.ts";
import { WebhookHost } from "#server/engine/webhooks/webhook-host.ts";
import { readFunnel, readTroubles } from "#server/experiments/moments/read-funnel.ts";
import { readMoments } from "#server/experiments/moments/read-moments.ts";
import { newId, shardOf } from "#server/id.ts";
import type { OwnDatabase } from "../own-database.ts";

/** What the provider tells of each message, in the order in which it happened. */
const fates = [["sent", "delivered", "read"], ["sent", "delivered"], ["sent", "failed"], ["sent"]] as const;
const people = 12;
const moment = new Date("2026-11-22T12:00:00.500Z");

const told = Array.from({ length: people }, (_, nth) =>
  (fates[nth % fates.length] ?? []).map((status, second) => ({ nth, status, second: second + nth })),
).flat();

/** The calls in the order in which they happened. */
export const inOrder = told.map((_, at) => at);

/** All calls in any order, some of them twice. */
export const anyOrder = fc
  .tuple(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), fc.subarray(inOrder))
  .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length }));

/** What an experiment reads, as text, after the calls came in this order: the same people and messages in a workspace of their own. */
export async function readAfter({ db, pool }: OwnDatabase, order: readonly number[]): Promise<string> {
  const world = new SampleWorld({ db });
  await world.build();
  const { workspaceId } = world;
  const [experimentId, flowId] = [newId(), newId()];
  const at = new Date(moment.getTime() - 60_000);
  const wamids = await assignAll(db, world, { experimentId, flowId, at });
  const host = new WebhookHost({ pool, clock: { now: () => moment }, log: pino({ level: "silent" }) });
  for (const [nth, index] of order.entries()) {
    const one = told[index];
    if (one) await tell(db, world, { ...one, wamid: wamids[one.nth] ?? "", nth });
    // Now and then what has come so far is applied, so that the order tells.
    if (index % 5 === 0) await host.apply();
  }
  for (let calls = 1; calls > 0; ) ({ calls } = await host.apply());
  const cohort = { experimentId, flowId, workspaceId, since: at, until: moment, timezone: "UTC" };
  const rates = (["delivered", "read", "failed"] as const).map((source) =>
    readMoments(db, cohort, { source, kind: "rate", windowHours: 72 }),
  );
  const funnel = await readFunnel(db, cohort, { source: "conversion", windowHours: 72 });
  return JSON.stringify({
    rates: await Promise.all(rates),
    funnel: funnel.toSorted((x, y) => (x.arm < y.arm ? -1 : 1)),
    troubles: (await readTroubles(db, cohort, 72)).toSorted((x, y) => (x.arm < y.arm ? -1 : 1)),
  });
}

/** Everybody in an arm, with a message that has left. Answers the provider's ids. */
async function assignAll(
  db: Database,
  world: SampleWorld,
  { experimentId, flowId, at }: { experimentId: string; flowId: string; at: Date },
): Promise<string[]> {
  const { workspaceId, channelId } = world;
  const rows = (await world.addContacts(people)).map((contactId, nth) => ({
    contactId,
    nth,
    wamid: `wamid.${newId()}`,
  }));
  await db.insert(tables.assignment).values(
    rows.map(({ contactId, nth }) => ({
      ...{ experimentId, contactId, workspaceId, arm: nth % 2 === 0 ? "a" : "b", at },
      ...{ enrollmentId: newId(), versionId: newId() },
    })),
  );
  await db.insert(tables.message).values(
    rows.map(({ contactId, wamid }) => ({
      ...{ id: newId(), workspaceId, channelId, contactId, shard: shardOf(workspaceId, contactId), flowId, wamid },
      ...{ direction: "outbound" as const, type: "template", status: "sent" as const, sentAt: at, createdAt: at },
    })),
  );
  return rows.map(({ wamid }) => wamid);
}

type Told = { status: string; second: number; wamid: string; nth: number };

/** Stores one call as the door does. */
async function tell(db: Database, { workspaceId, channelId }: SampleWorld, { status, second, wamid, nth }: Told) {
  const one = {
    ...{ id: wamid, status, timestamp: String(Math.floor(moment.getTime() / 1000) + second) },
    recipient_id: "14155551001",
    ...(status === "failed" && { errors: [{ code: 131_026, title: "Message undeliverable" }] }),
  };
  const metadata = { display_phone_number: "15550001111", phone_number_id: "1" };
  const change = { field: "messages", value: { metadata, statuses: [one] } };
  const body = { object: "whatsapp_business_account", entry: [{ id: "2", changes: [change] }] };
  const receivedAt = new Date(moment.getTime() + nth + 1);
  await db
    .insert(tables.rawWebhook)
    .values({ id: newId(), workspaceId, channelId, receivedAt, body: Buffer.from(JSON.stringify(body)) });
}
