import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { localClock } from "#flow/local-time.ts";
import { SampleWorld } from "../sample-world.ts";
import { counts as countColumns } from "./count-columns.ts";
import { foldCounts } from "./fold-counts.ts";
import { rebuildCounts, recountDue } from "./rebuild-counts.ts";
import { countAll, countsByCurrency, isCounted, RandomMessages, start } from "./test-messages.ts";
import { randomOf } from "./test-random.ts";

const hour = 3_600_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function bruteForce(world: SampleWorld, zone: string, by: "day" | "hour"): Promise<string[]> {
  const messages = await database.db
    .select()
    .from(tables.message)
    .where(eq(tables.message.workspaceId, world.workspaceId));
  const sums = new Map<string, Record<string, number>>();
  for (const m of messages.filter(isCounted)) {
    const { day, time } = localClock((m.sentAt ?? m.createdAt).getTime(), zone);
    const coarse = [m.flowId, m.template, m.country];
    const isTold = m.status === "failed" || m.status === "skipped" || m.status === "unknown";
    const finer = [m.language, m.versionId, m.nodeId, m.channelId, m.purpose, isTold ? m.reason : null];
    for (const { currency, counts } of countsByCurrency(m)) {
      const key =
        by === "hour"
          ? [day, Number(time.slice(0, 2)), ...coarse]
          : [day, ...coarse, ...finer, m.status === "failed" ? m.errorCode : null, currency];
      const known = sums.get(key.join("|")) ?? {};
      for (const [name, value] of Object.entries(counts)) known[name] = (known[name] ?? 0) + value;
      sums.set(key.join("|"), known);
    }
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
      ? sql`day::text, hour::text, flow_id, template, country`
      : sql`day::text, flow_id, template, country, language, version_id, node_id, channel_id, purpose, reason, error_code, currency`;
  const table = sql.raw(by === "hour" ? "message_hour" : "message_day");
  const { rows } = await database.db.execute<Record<string, string | null>>(
    sql`select ${key}, ${sql.raw(countColumns)} from ${table} where workspace_id = ${world.workspaceId} and (made <> 0 or conversed <> 0 or valued <> 0)`,
  );
  const measures = countColumns.split(", ");
  return rows
    .map((row) => {
      const dimensions = Object.keys(row).filter((name) => !measures.includes(name));
      return `${dimensions.map((name) => row[name] ?? "").join("|")}: ${measures.map((name) => row[name]).join(" ")}`;
    })
    .toSorted();
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "whatever happens to messages, each number is the count of the rows (history %i)",
  async (seed) => {
    const random = randomOf(seed);
    const world = new SampleWorld(database);
    await world.build();
    const zones = ["Africa/Abidjan", "Asia/Kolkata", "America/Bogota", "Asia/Kathmandu"];
    let zone = "UTC";
    const history = new RandomMessages(database, world, random);
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
    await countAll(database);
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
  const history = new RandomMessages(database, world, randomOf(99));
  for (let turn = 0; turn < 6; turn += 1) {
    await history.make();
    await history.happen();
  }
  await countAll(database);
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
  await countAll(database);
  expect(await kept(world, "day")).toEqual(await bruteForce(world, "UTC", "day"));
});

test("days whose messages are forgotten stay as they were counted", async () => {
  const world = new SampleWorld(database);
  await world.build();
  const history = new RandomMessages(database, world, randomOf(7));
  for (let turn = 0; turn < 30; turn += 1) {
    await history.make();
    await history.happen();
    history.pass();
  }
  await countAll(database);
  const before = await kept(world, "day");
  await database.db.execute(
    sql`delete from message where workspace_id = ${world.workspaceId} and coalesce(sent_at, created_at) < ${new Date(start + 200 * hour).toISOString()}`,
  );
  await rebuildCounts(database.pool, world.workspaceId);
  expect(await kept(world, "day")).toEqual(before);
});
