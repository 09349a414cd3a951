import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { localClock } from "#flow/local-time.ts";
import { newId } from "#server/id.ts";
import { SampleWorld } from "../sample-world.ts";
import { counts as countColumns } from "./count-columns.ts";
import { foldCounts } from "./fold-counts.ts";
import { rebuildCounts, recountDue } from "./rebuild-counts.ts";
import { randomOf } from "./test-random.ts";

type Message = typeof tables.message.$inferSelect;
const hour = 3_600_000;
const start = Date.parse("2026-11-20T08:00:00Z");

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Says of one message what it counts as, without any of the SQL. */
function countsOf(m: Message): Record<string, number> {
  const isOut = m.direction === "outbound";
  const within = (at: Date | null, hours: number) =>
    isOut && at !== null && m.sentAt !== null && at.getTime() <= m.sentAt.getTime() + hours * hour;
  const hasLeft = isOut && m.sentAt !== null;
  const hasActed = m.clickedAt !== null || m.repliedAt !== null;
  const hasRead = hasActed || m.readAt !== null;
  const hasArrived = hasRead || m.deliveredAt !== null;
  const isFree = m.pricingType === "free_customer_service" || m.pricingType === "free_entry_point";
  const claims: Record<string, boolean> = {
    made: isOut,
    sent: hasLeft,
    delivered: hasLeft && hasArrived,
    read: hasLeft && hasRead,
    clicked: within(m.clickedAt, 72),
    replied: within(m.repliedAt, 72),
    tapped: within(m.tappedAt, 72),
    acted: within(m.clickedAt, 72) || within(m.repliedAt, 72),
    converted: hasLeft && m.convertedAt !== null,
    opted_out: hasLeft && m.optedOutAt !== null,
    failed: isOut && m.status === "failed",
    limited: isOut && m.status === "failed" && m.errorCode === 131_049,
    skipped: isOut && m.status === "skipped",
    rated: isOut && m.score !== null,
    satisfied: isOut && (m.score ?? 0) >= 4,
    conversed: !isOut,
    automated: !isOut && m.handedOffAt === null,
  };
  const cost = isOut && hasArrived && !isFree ? (m.costMicros ?? 0) : 0;
  return { ...Object.fromEntries(Object.entries(claims).map(([name, is]) => [name, Number(is)])), cost_micros: cost };
}

const isCounted = ({ status, direction, opensConversation }: Message) =>
  status !== "queued" && status !== "sending" && (direction === "outbound" || opensConversation);

async function bruteForce(world: SampleWorld, zone: string, by: "day" | "hour"): Promise<string[]> {
  const messages = await database.db
    .select()
    .from(tables.message)
    .where(eq(tables.message.workspaceId, world.workspaceId));
  const sums = new Map<string, Record<string, number>>();
  for (const m of messages.filter(isCounted)) {
    const { day, time } = localClock((m.sentAt ?? m.createdAt).getTime(), zone);
    const coarse = [m.flowId, m.template, m.language, m.country];
    const isTold = m.status === "failed" || m.status === "skipped" || m.status === "unknown";
    const finer = [m.versionId, m.nodeId, m.channelId, m.purpose, isTold ? m.reason : null];
    const key =
      by === "hour"
        ? [day, Number(time.slice(0, 2)), ...coarse]
        : [day, ...coarse, ...finer, m.status === "failed" ? m.errorCode : null, m.costCurrency];
    const known = sums.get(key.join("|")) ?? {};
    for (const [name, value] of Object.entries(countsOf(m))) known[name] = (known[name] ?? 0) + value;
    sums.set(key.join("|"), known);
  }
  return [...sums]
    .map(
      ([key, row]) =>
        `${key}: ${countColumns
          .split(", ")
          .map((name) => row[name])
          .join(" ")}`,
    )
    .toSorted();
}

async function kept(world: SampleWorld, by: "day" | "hour"): Promise<string[]> {
  const key =
    by === "hour"
      ? sql`day::text, hour::text, flow_id, template, language, country`
      : sql`day::text, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason, error_code, currency`;
  const table = sql.raw(by === "hour" ? "message_hour" : "message_day");
  const { rows } = await database.db.execute<Record<string, string | null>>(
    sql`select ${key}, ${sql.raw(countColumns)} from ${table} where workspace_id = ${world.workspaceId} and (made <> 0 or conversed <> 0)`,
  );
  const measures = countColumns.split(", ");
  return rows
    .map((row) => {
      const dimensions = Object.keys(row).filter((name) => !measures.includes(name));
      return `${dimensions.map((name) => row[name] ?? "").join("|")}: ${measures.map((name) => row[name]).join(" ")}`;
    })
    .toSorted();
}

/** Messages to which anything may happen that the engine, providers and people do to them, in any order and at any time. */
class RandomMessages {
  now = start;
  readonly #world: SampleWorld;
  readonly #random: () => number;
  readonly #flows = [newId(), newId()];
  readonly #contactId = newId();

  constructor(world: SampleWorld, random: () => number) {
    this.#world = world;
    this.#random = random;
  }

  #pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[Math.floor(this.#random() * items.length)] ?? items[0];
  }

  async make(): Promise<void> {
    const rows = Array.from({ length: 1 + Math.floor(this.#random() * 12) }, () => {
      const direction = this.#pick(["outbound", "outbound", "outbound", "inbound"] as const);
      const isOut = direction === "outbound";
      return {
        id: newId(),
        workspaceId: this.#world.workspaceId,
        shard: 0,
        contactId: this.#contactId,
        direction,
        type: "template",
        status: isOut ? ("queued" as const) : ("received" as const),
        opensConversation: !isOut && this.#random() < 0.5,
        flowId: isOut ? this.#pick([null, ...this.#flows]) : null,
        nodeId: isOut ? this.#pick(["one", "two"]) : null,
        template: isOut ? this.#pick(["hello", "reminder", null]) : null,
        country: this.#pick(["SN", "IN", null]),
        purpose: isOut ? this.#pick(["service", "marketing"] as const) : null,
        createdAt: new Date(this.now),
      };
    });
    await database.db.insert(tables.message).values(rows);
  }

  /** Something becomes of a part of all messages, by one statement. */
  async happen(): Promise<void> {
    const at = sql`${new Date(this.now).toISOString()}::timestamptz`;
    const what = this.#pick([
      sql`status = 'sent', sent_at = ${at}, language = 'fr', cost_micros = 1400, cost_currency = 'USD'`,
      sql`status = 'sent', sent_at = ${at}, language = 'en', channel_id = ${this.#world.channelId}::uuid`,
      sql`status = 'delivered', delivered_at = ${at}, sent_at = coalesce(sent_at, ${at})`,
      sql`status = 'read', read_at = ${at}, sent_at = coalesce(sent_at, ${at}), pricing_type = 'free_customer_service'`,
      sql`status = 'failed', failed_at = ${at}, reason = 'undelivered', error_code = ${this.#pick([131_049, 131_026])}`,
      sql`status = 'skipped', reason = ${this.#pick(["no-consent", "frequency-cap"])}`,
      sql`status = 'unknown', reason = 'unknown-outcome'`,
      sql`clicked_at = ${at}`,
      sql`replied_at = ${at}, tapped_at = ${at}`,
      sql`converted_at = ${at}`,
      sql`opted_out_at = ${at}, score = ${this.#pick([1, 3, 4, 5])}`,
      sql`content = null`,
    ]);
    const share = this.#random() * 0.5;
    await database.db.execute(sql`
      update message set ${what}
      where workspace_id = ${this.#world.workspaceId} and direction = 'outbound' and hashtext(id::text || ${String(this.now)}) % 1000 < ${Math.floor(share * 1000)}
        and hashtext(id::text || ${String(this.now)}) >= 0`);
    if (this.#random() < 0.2)
      await database.db.execute(
        sql`update message set handed_off_at = ${at} where workspace_id = ${this.#world.workspaceId} and opens_conversation and hashtext(id::text) % 3 = 0`,
      );
  }

  pass(): void {
    this.now += Math.floor(this.#random() * 30 * hour);
  }
}

const settleAll = async () => {
  while (await recountDue(database.pool));
  while ((await foldCounts(database.pool)) > 0);
};

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "whatever happens to messages, each number is the count of the rows (history %i)",
  async (seed) => {
    const random = randomOf(seed);
    const world = new SampleWorld(database);
    await world.build();
    const zones = ["Africa/Abidjan", "Asia/Kolkata", "America/Bogota", "Asia/Kathmandu"];
    let zone = "UTC";
    const history = new RandomMessages(world, random);
    for (let turn = 0; turn < 50; turn += 1) {
      if (random() < 0.5) await history.make();
      await history.happen();
      history.pass();
      if (random() < 0.3) await foldCounts(database.pool);
      if (random() < 0.1) await recountDue(database.pool);
      if (random() < 0.05) {
        zone = zones[Math.floor(random() * zones.length)] ?? zone;
        await database.db
          .update(tables.workspace)
          .set({ timezone: zone })
          .where(eq(tables.workspace.id, world.workspaceId));
      }
    }
    await settleAll();
    const [days, hours] = [await kept(world, "day"), await kept(world, "hour")];
    expect(days.length).toBeGreaterThan(20);
    expect(days).toEqual(await bruteForce(world, zone, "day"));
    expect(hours).toEqual(await bruteForce(world, zone, "hour"));

    await rebuildCounts(database.pool, world.workspaceId);
    expect(await kept(world, "day")).toEqual(days);
    expect(await kept(world, "hour")).toEqual(hours);
  },
);

test("a change that is committed while all is counted anew is neither lost nor counted twice", async () => {
  const world = new SampleWorld(database);
  await world.build();
  const history = new RandomMessages(world, randomOf(99));
  for (let turn = 0; turn < 6; turn += 1) {
    await history.make();
    await history.happen();
  }
  await settleAll();
  const writer = await database.pool.connect();
  try {
    await writer.query("begin");
    await writer.query(
      "update message set status = 'sent', sent_at = now() where workspace_id = $1 and direction = 'outbound' and sent_at is null",
      [world.workspaceId],
    );
    await rebuildCounts(database.pool, world.workspaceId);
    await writer.query("commit");
  } finally {
    writer.release();
  }
  await settleAll();
  expect(await kept(world, "day")).toEqual(await bruteForce(world, "UTC", "day"));
});

test("days whose messages are forgotten stay as they were counted", async () => {
  const world = new SampleWorld(database);
  await world.build();
  const history = new RandomMessages(world, randomOf(7));
  for (let turn = 0; turn < 30; turn += 1) {
    await history.make();
    await history.happen();
    history.pass();
  }
  await settleAll();
  const before = await kept(world, "day");
  await database.db.execute(
    sql`delete from message where workspace_id = ${world.workspaceId} and coalesce(sent_at, created_at) < ${new Date(start + 200 * hour).toISOString()}`,
  );
  await rebuildCounts(database.pool, world.workspaceId);
  expect(await kept(world, "day")).toEqual(before);
});
