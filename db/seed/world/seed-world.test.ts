import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "#server/clock.ts";
import { readEnv } from "#server/env.ts";
import { seedDemo } from "../seed-demo.ts";
import { demoWorkspaceId } from "../seed-workspace.ts";

let database: TestDatabase;
const now = systemClock.now();

beforeAll(async () => {
  database = await createTestDatabase();
  const env = readEnv({ DATABASE_URL: database.url, CHASQUI_SECRET: "ab".repeat(32), CHASQUI_DEMO: "1" });
  await seedDemo(database.db, env, { now: () => now });
}, 60_000);
afterAll(() => database.drop());

/** The first row of one statement about the demo workspace. */
async function ask(text: string): Promise<Record<string, number>> {
  const { rows } = await database.db.execute<Record<string, string | number>>(
    sql.raw(text.replaceAll("$demo", `'${demoWorkspaceId}'`)),
  );
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
}

const ours = "workspace_id = $demo";

describe("no screen is empty on the first start", () => {
  test.each([
    ["people of the world", `select count(*) as n from contact where ${ours} and external_id like 'LA-%'`, 700],
    ["messages that were read", `select count(*) as n from message where ${ours} and status = 'read'`, 1000],
    [
      "messages that did not arrive, with a reason",
      `select count(*) as n from message where ${ours} and status = 'failed' and reason is not null`,
      50,
    ],
    ["links that were followed", `select count(*) as n from link where ${ours} and clicked_at is not null`, 40],
    ["conversations", `select count(*) as n from message where ${ours} and opens_conversation`, 150],
    ["scores", `select count(*) as n from message where ${ours} and score is not null`, 60],
    ["conversions", `select count(*) as n from message where ${ours} and converted_at is not null`, 50],
    ["costs", `select count(*) as n from message where ${ours} and cost_micros > 0`, 1000],
    ["hand-offs that wait", `select count(*) as n from hand_off where ${ours} and status = 'open'`, 1],
    ["hand-offs that are resolved", `select count(*) as n from hand_off where ${ours} and status = 'resolved'`, 30],
    ["people who stand on a step now", `select count(*) as n from enrollment where ${ours} and status = 'waiting'`, 50],
    ["running experiments", `select count(*) as n from experiment where ${ours} and state = 'running'`, 2],
    [
      "experiments with a hypothesis of the bank",
      `select count(*) as n from experiment where ${ours} and plan->>'hypothesis' <> ''`,
      1,
    ],
    [
      "questions that its own metric counts",
      `select count(*) as n from event where ${ours} and name = (select event from custom_metric where ${ours}) and properties->>'topic' = 'statement'`,
      50,
    ],
    ["people in arms", `select count(*) as n from assignment where ${ours}`, 700],
    ["people held out", `select count(*) as n from assignment where ${ours} and arm = 'held-out'`, 50],
  ])("%s", async (_, text, atLeast) => expect((await ask(text)).n).toBeGreaterThanOrEqual(atLeast));
});

describe("what is written is what the product would have written", () => {
  test.each([
    [
      "no moment lies in the future",
      `select count(*) as n from message where ${ours} and greatest(created_at, sent_at, delivered_at, read_at, clicked_at) > '${now.toISOString()}'`,
    ],
    [
      "nobody's wait is over before anybody looks",
      `select count(*) as n from enrollment where ${ours} and status = 'waiting' and wake_at < '${now.toISOString()}'::timestamptz - interval '25 minutes'`,
    ],
    [
      "whatever was sent belongs to a way that is there",
      `select count(*) as n from message m where ${ours} and m.enrollment_id is not null and not exists (select 1 from enrollment e where e.id = m.enrollment_id)`,
    ],
    [
      "a link that was followed belongs to a message that is marked so",
      `select count(*) as n from link l where l.${ours} and not exists (select 1 from message m where m.id = l.message_id and m.clicked_at is not null)`,
    ],
    [
      "nobody who said STOP got anything afterwards",
      `select count(*) as n from message m join contact c on c.id = m.contact_id where m.${ours} and m.direction = 'outbound' and m.sent_at > c.suppressed_at`,
    ],
    [
      "every way of the world was opened by something that happened",
      `select count(*) as n from enrollment e join contact c on c.id = e.contact_id and c.external_id like 'LA-%' join flow f on f.id = e.flow_id and f.name <> 'Latin America: answers' where e.${ours} and not exists (select 1 from event v where v.id = e.event_id)`,
    ],
    [
      "a person is in one arm of an experiment, the one their path says",
      `select count(*) as n from assignment a where ${ours} and not exists (select 1 from enrollment e where e.id = a.enrollment_id)`,
    ],
    [
      "the flows it adds let nobody in",
      `select count(*) as n from flow where ${ours} and name like 'Latin America:%' and status <> 'paused'`,
    ],
  ])("%s", async (_, text) => expect((await ask(text)).n).toBe(0));

  test("what was true of the world can be read from it", async () => {
    const { n, x } = await ask(`
      select count(*) as n, count(*) filter (where handed_off_at is null) as x from message m
      join contact c on c.id = m.contact_id and c.external_id like 'LA-%' where m.${ours} and opens_conversation and m.type = 'text'`);
    expect((x ?? 0) / (n ?? 1)).toBeGreaterThan(0.6);
    expect((x ?? 0) / (n ?? 1)).toBeLessThan(0.9);
  });
});
