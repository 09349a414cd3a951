import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  contact,
  enrollment,
  flow,
  flowVersion,
  message,
  notification,
  template,
  user,
  workspace,
} from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { compile } from "#flow/compile.ts";
import { matchTrigger } from "#flow/match-trigger.ts";
import { starters } from "#flow/starters/index.ts";
import { isRunnable, validate } from "#flow/validate.ts";
import { verifyAudit } from "#server/audit/verify-audit.ts";
import { systemClock } from "#server/clock.ts";
import { readEnv } from "#server/env.ts";
import { readCatalog } from "#server/flows/read-catalog.ts";
import { seedDemo } from "./seed-demo.ts";
import { demoWorkspaceId } from "./seed-workspace.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const seed = () =>
  seedDemo(
    database.db,
    readEnv({
      DATABASE_URL: database.url,
      CHASQUI_SECRET: "ab".repeat(32),
      CHASQUI_DEMO: "1",
      CHASQUI_DEMO_WORLD: "0",
    }),
    systemClock,
  );

test("the demo is made once; a second time changes nothing", async () => {
  expect(await seed()).toBe(true);
  const before = await database.db.$count(message);
  expect(await seed()).toBe(false);
  expect(await database.db.$count(message)).toBe(before);
});

test("the bell rings for whoever may decide on what waits, and for nobody else", async () => {
  const told = await database.db
    .select({ email: user.email, values: notification.values })
    .from(notification)
    .innerJoin(user, eq(user.id, notification.userId))
    .orderBy(user.email, notification.id);
  expect(told.map(({ email, values }) => `${email} ${values.name}`)).toEqual(
    ["checker", "owner", "second-checker"].flatMap((name) => [
      `${name}@demo.test instalment_reminder`,
      `${name}@demo.test Transaction alert`,
    ]),
  );
});

test("three flows are active, and what runs could be published again", async () => {
  const running = await database.db
    .select({ name: flow.name, graph: flowVersion.graph })
    .from(flow)
    .innerJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(eq(flow.workspaceId, demoWorkspaceId));
  expect(running.map((row) => row.name).sort()).toEqual(["Fraud alert", "KYC reminder", "Loan pre-approval"]);
  const catalog = await readCatalog(database.db, demoWorkspaceId);
  for (const { graph } of running) expect(isRunnable(validate(graph, catalog))).toBe(true);
});

test("each demo customer may enter each active flow with the starter's own event", async () => {
  const customers = await database.db.select().from(contact).where(sql`external_id like 'demo-%'`);
  expect(customers).toHaveLength(4);
  const kyc = starters.find((starter) => starter.id === "kyc-reminder");
  if (!kyc) throw new Error("There is no KYC starter.");
  for (const { id, firstName, locale, timezone, attributes, tags } of customers) {
    const facts = { id, firstName, locale, timezone, attributes, tags };
    expect(matchTrigger(compile(kyc.graph), { id, at: 0, ...kyc.sampleEvent }, facts)).toHaveProperty("key");
  }
});

test("nobody's wait is over before the demo begins, and nothing lies in the future", async () => {
  const [demo] = await database.db.select().from(workspace).where(eq(workspace.id, demoWorkspaceId));
  const madeAt = demo?.createdAt ?? new Date(0);
  const waiting = await database.db.select().from(enrollment).where(eq(enrollment.status, "waiting"));
  expect(waiting.length).toBeGreaterThan(5);
  expect(waiting.filter((row) => row.wakeAt && row.wakeAt < madeAt)).toEqual([]);
  const messages = await database.db.select().from(message).where(eq(message.workspaceId, demoWorkspaceId));
  expect(messages.filter((row) => row.createdAt > madeAt)).toEqual([]);
});

test("whoever had not agreed got nothing, with a reason", async () => {
  const skipped = await database.db.select().from(message).where(eq(message.status, "skipped"));
  expect(skipped.length).toBeGreaterThan(0);
  expect(skipped.every((row) => row.reason !== null && row.checks?.some((check) => check.verdict === "block"))).toBe(
    true,
  );
});

test("the second tenant has templates, flows and people of its own", async () => {
  for (const table of [flow, template, contact, message]) {
    const rows = await database.db.select({ workspaceId: table.workspaceId }).from(table);
    expect(new Set(rows.map((row) => row.workspaceId)).size).toBe(2);
  }
});

test("the audit chain begins whole", async () => {
  expect(await verifyAudit(database.db, demoWorkspaceId)).toEqual({ rows: 1, brokenAt: null });
});
