import pino from "pino";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId, shardOf } from "#server/id.ts";
import { SampleWorld } from "../sample-world.ts";
import { WebhookHost } from "./webhook-host.ts";

type MessageFacts = Partial<typeof tables.message.$inferInsert>;
type Status = "sent" | "delivered" | "read" | "failed";

/** A moment all tests of provider calls agree on. */
export const testMoment = new Date("2026-11-22T12:00:00.500Z");
const seconds = Math.floor(testMoment.getTime() / 1000);

/** Provider calls in a database of one's own, without door and provider: what the door would have stored is put there. */
export class HookRig {
  readonly database: TestDatabase;
  #stored = 0;

  private constructor(database: TestDatabase) {
    this.database = database;
  }

  static async open(): Promise<HookRig> {
    return new HookRig(await createTestDatabase());
  }

  close(): Promise<void> {
    return this.database.drop();
  }

  /** A workspace of its own with one channel. */
  async world(): Promise<SampleWorld> {
    const world = new SampleWorld(this.database);
    await world.build();
    return world;
  }

  host(now = testMoment, pool = this.database.pool): WebhookHost {
    return new WebhookHost({ pool, clock: { now: () => now }, log: pino({ level: "silent" }) });
  }

  /** Messages as the dispatcher leaves them; `facts` say how far each is. */
  async addMessages(world: SampleWorld, contactId: string, list: readonly MessageFacts[]): Promise<string[]> {
    const { workspaceId, channelId } = world;
    const rows = list.map((facts) => ({
      id: newId(),
      workspaceId,
      channelId,
      contactId,
      shard: shardOf(workspaceId, contactId),
      direction: "outbound" as const,
      type: "template",
      status: "sending" as const,
      createdAt: new Date(testMoment.getTime() - 60_000),
      ...facts,
    }));
    await this.database.db.insert(tables.message).values(rows);
    return rows.map((row) => row.id);
  }

  /** A message whose call is under way, with its outbox row, sent by an enrollment that waits. `claim` is the worker's. */
  async addSending(
    world: SampleWorld,
    contactId: string,
    { claim, reason = null }: { claim: string; reason?: string | null },
  ) {
    const { workspaceId } = world;
    const enrollmentId = newId();
    const shard = shardOf(workspaceId, contactId);
    await this.database.pool.query(
      `insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, state, entered_at)
       values ($1, $2, $3, $4, $4, $5, '', $4, 'waiting', '{}', $6)`,
      [enrollmentId, workspaceId, shard, newId(), contactId, testMoment],
    );
    const [id = ""] = await this.addMessages(world, contactId, [
      { enrollmentId, visit: 1, reason, purpose: "service" },
    ]);
    const request = { template: "hello", purpose: "service" as const, values: {}, links: {}, sendingHours: null };
    await this.database.db.insert(tables.outbox).values({
      messageId: id,
      workspaceId,
      shard,
      contactId,
      enrollmentId,
      visit: 1,
      lane: 2,
      request,
      status: "sending",
      claimedBy: claim,
      leaseUntil: new Date(Date.now() + 30_000),
      notBefore: testMoment,
      createdAt: testMoment,
    });
    return { id, enrollmentId, wamid: `wamid.${id}` };
  }

  /** Stores a call as the door does, in the order of these calls. */
  async store({ workspaceId, channelId }: SampleWorld, ...values: object[]): Promise<void> {
    const metadata = { display_phone_number: "15550001111", phone_number_id: "1" };
    const rows = values.map((value) => {
      const field = "user_preferences" in value ? "user_preferences" : "messages";
      return this.#row({ workspaceId, channelId }, { field, value: { metadata, ...value } });
    });
    if (rows.length > 0) await this.database.db.insert(tables.rawWebhook).values(rows);
  }

  /** The same of any field, for the account "2". */
  async storeField(world: SampleWorld, field: string, value: object): Promise<void> {
    await this.database.db.insert(tables.rawWebhook).values([this.#row(world, { field, value })]);
  }

  #row({ workspaceId, channelId }: Pick<SampleWorld, "workspaceId" | "channelId">, change: object) {
    const body = { object: "whatsapp_business_account", entry: [{ id: "2", changes: [change] }] };
    this.#stored += 1;
    const receivedAt = new Date(testMoment.getTime() + this.#stored);
    return { id: newId(), workspaceId, channelId, receivedAt, body: Buffer.from(JSON.stringify(body)) };
  }
}

/** The value of a call that tells one status; `second` counts from the test's moment. */
export const statusValue = (
  status: Status,
  {
    wamid,
    ref,
    second = 0,
    code = 131_026,
    pricing,
  }: { wamid: string; ref?: string; second?: number; code?: number; pricing?: object },
) => ({
  statuses: [
    {
      id: wamid,
      status,
      timestamp: String(seconds + second),
      recipient_id: "14155551001",
      ...(ref === undefined ? {} : { biz_opaque_callback_data: ref }),
      ...(pricing && { pricing }),
      ...(status === "failed" ? { errors: [{ code, title: "Message undeliverable" }] } : {}),
    },
  ],
});

/** The value of a call with one text of a person. */
export const textValue = (text: string, { from, wamid }: { from: string; wamid: string }) => ({
  messages: [{ from, id: wamid, timestamp: String(seconds), type: "text", text: { body: text } }],
});
