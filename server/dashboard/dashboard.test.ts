import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { type Measure, measures } from "#flow/metric.ts";
import { loanPreApproval } from "#flow/starters/loan-pre-approval.ts";
import { countAll, countsOf, isCounted, type Message, RandomMessages } from "#server/engine/rollup/test-messages.ts";
import { randomOf } from "#server/engine/rollup/test-random.ts";
import { SampleWorld } from "#server/engine/sample-world.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { DashboardFilter } from "./dashboard-filter.ts";
import { exportBlock } from "./export-block.ts";
import { ListCounted, listCounted } from "./list-counted.ts";
import { breakdowns, ReadBreakdown, readBreakdown } from "./read-breakdown.ts";
import { readChoices } from "./read-choices.ts";
import { readCourse } from "./read-course.ts";
import { readHours } from "./read-hours.ts";
import { readLag } from "./read-lag.ts";
import { readReasons } from "./read-reasons.ts";
import { readTrend } from "./read-trend.ts";

const period = { from: "2026-11-25", until: "2026-12-20" };
const columnOf = (measure: Measure) => (measure === "optedOut" ? "opted_out" : measure);

let database: TestDatabase;
let world: SampleWorld;
let actor: Actor;
let messages: Message[];

beforeAll(async () => {
  database = await createTestDatabase();
  world = new SampleWorld(database);
  await world.build();
  const history = new RandomMessages(database, world, randomOf(11));
  for (let turn = 0; turn < 60; turn += 1) {
    await history.make();
    await history.happen();
    history.pass();
  }
  await countAll(database);
  const someone = await testActor(database.db);
  actor = { ...someone, session: { ...someone.session, workspaceId: world.workspaceId } };
  const all = await database.db.select().from(tables.message).where(eq(tables.message.workspaceId, world.workspaceId));
  messages = all.filter(isCounted).filter((message) => {
    const day = dayOf(message);
    return day >= period.from && day <= period.until;
  });
});
afterAll(() => database.drop());

const dayOf = ({ sentAt, createdAt }: Message) => (sentAt ?? createdAt).toISOString().slice(0, 10);
const count = (some: readonly Message[], measure: Measure) =>
  some.reduce((sum, message) => sum + (countsOf(message)[columnOf(measure)] ?? 0), 0);

describe("each number is the count of the messages it speaks of", () => {
  type Case = [string, Partial<DashboardFilter>, (message: Message) => boolean];
  const cases = (): Case[] => {
    const flowId = messages.find((message) => message.flowId)?.flowId ?? "";
    return [
      ["all", {}, () => true],
      ["a flow", { flowId }, (message) => message.flowId === flowId],
      [
        "a template and a country",
        { template: "hello", country: "SN" },
        (m) => m.template === "hello" && m.country === "SN",
      ],
      ["a language", { language: "fr" }, (message) => message.language === "fr"],
      ["a number", { channelId: world.channelId }, (message) => message.channelId === world.channelId],
      ["a class", { purpose: "marketing" }, (message) => message.purpose === "marketing"],
      ["a step of a flow", { flowId, nodeId: "one" }, (m) => m.flowId === flowId && m.nodeId === "one"],
    ];
  };

  test("in the head, for whatever is filtered", async () => {
    for (const [name, filter, isMeant] of cases()) {
      const { sums } = await readCourse(actor, { ...period, ...filter });
      const expected = Object.fromEntries(
        measures.map((measure) => [measure, count(messages.filter(isMeant), measure)]),
      );
      expect(expected.made, name).toBeGreaterThan(10);
      expect(sums, name).toMatchObject(expected);
    }
  });

  test("in each breakdown, whose parts make the whole", async () => {
    const made = count(messages, "made");
    const flowId = messages.find((message) => message.flowId)?.flowId ?? "";
    const ofFlow = messages.filter((message) => message.flowId === flowId);
    for (const by of breakdowns) {
      const isOfFlow = by === "step" || by === "version";
      const rows = await readBreakdown(actor, { ...period, by, ...(isOfFlow && { flowId }) });
      expect(
        rows.reduce((sum, { sums }) => sum + sums.made, 0),
        by,
      ).toBe(isOfFlow ? count(ofFlow, "made") : made);
      expect(rows.length, by).toBeGreaterThan(by === "version" ? 0 : 1);
    }
    const [first] = await readBreakdown(actor, { ...period, by: "country" });
    const mine = messages.filter(({ country }) => country === first?.id);
    expect(first?.conversion).toMatchObject({ numerator: count(mine, "converted"), denominator: count(mine, "sent") });
  });

  test("by reason and by hour", async () => {
    const { reasons, made } = await readReasons(actor, period);
    const hasReason = messages.filter(({ status }) => ["failed", "skipped", "unknown"].includes(status));
    expect(reasons.reduce((sum, row) => sum + row.messages, 0)).toBe(hasReason.filter(({ reason }) => reason).length);
    expect(made).toBe(count(messages, "made"));
    const hours = (await readHours(actor, period)) ?? [];
    expect(hours.reduce((sum, { sent }) => sum + sent, 0)).toBe(count(messages, "sent"));
    expect(hours.reduce((sum, { acted }) => sum + acted, 0)).toBe(count(messages, "acted"));
  });
});

/** Every message behind a number, page by page. */
async function behind(asked: object): Promise<string[]> {
  const ids: string[] = [];
  let cursor: { at: string; id: string } | null = null;
  do {
    const input = ListCounted.parse({ ...period, ...asked, cursor });
    const page: Awaited<ReturnType<typeof listCounted>> = await listCounted(actor, input);
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.after;
  } while (cursor);
  return ids;
}

test.each(measures)("behind the number of %s stand exactly its messages, each once", async (measure) => {
  const ids = await behind({ measure });
  const expected = messages.filter((message) => countsOf(message)[columnOf(measure)]);
  expect(ids.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
});

test("behind a reason, a flow or an hour stand its messages only", async () => {
  const isCapped = ({ status, reason }: Message) => status === "skipped" && reason === "frequency-cap";
  const capped = await behind({ measure: "made", reason: "frequency-cap" });
  expect(capped.toSorted()).toEqual(
    messages
      .filter(isCapped)
      .map(({ id }) => id)
      .toSorted(),
  );
  // Which days have messages is drawn by lot.
  const some = messages.find((message) => countsOf(message).sent);
  const weekdayOf = (at: Date) => at.getUTCDay() || 7;
  const weekday = some && weekdayOf(some.sentAt ?? some.createdAt);
  const ofDay = await listCounted(actor, ListCounted.parse({ ...period, measure: "sent", weekday }));
  expect(ofDay.rows.every(({ at }) => weekdayOf(at) === weekday)).toBe(true);
  expect(ofDay.rows.length).toBeGreaterThan(0);
});

test("who may not see people sees messages without them", async () => {
  const analyst: Actor = { ...actor, session: { ...actor.session, role: "analyst" } };
  const { rows } = await listCounted(analyst, ListCounted.parse({ ...period, measure: "sent" }));
  expect(rows.every(({ firstName, phone }) => firstName === null && phone === null)).toBe(true);
});

test("a single day is told hour by hour, where hours are counted for what is asked", async () => {
  const days = [...new Set(messages.map(dayOf))].toSorted();
  const from =
    days.find((day) => messages.filter((m) => dayOf(m) === day && m.direction === "outbound").length > 5) ?? "";
  const ofDay = messages.filter((message) => dayOf(message) === from);
  const day = { from, until: from, metric: "sent" } as const;
  const later = { ...actor, clock: { now: () => new Date("2027-01-01T00:00:00Z") } };
  const { points } = await readTrend(later, day);
  expect(points.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
  for (const { hour, value } of points) {
    const mine = ofDay.filter(({ sentAt, createdAt }) => (sentAt ?? createdAt).getUTCHours() === hour);
    expect(value, `hour ${hour}`).toBe(count(mine, "sent"));
  }
  const finer = await readTrend(later, { ...day, language: "fr" });
  expect(finer.points.map(({ hour }) => hour)).toEqual([null]);
});

test("hours to come are told as such", async () => {
  const noon = { ...actor, clock: { now: () => new Date("2026-12-01T12:30:00Z") } };
  const { points } = await readTrend(noon, { from: "2026-12-01", until: "2026-12-01", metric: "sent" });
  expect(points.findLast(({ value }) => value !== null)?.hour).toBe(12);
});

test("what goals were worth is told in one currency, and in no sum with another", async () => {
  const valued = messages.filter((message) => countsOf(message).valued);
  const { valueCurrency, values, metrics, sums } = await readCourse(actor, period);
  const told = Map.groupBy(valued, (message) => message.valueCurrency ?? "");
  expect(Object.fromEntries(values.map((value) => [value.currency, value.valued]))).toEqual(
    Object.fromEntries([...told].map(([currency, mine]) => [currency, mine.length])),
  );
  expect(told.get(valueCurrency ?? "")?.length).toBe(Math.max(...[...told.values()].map((mine) => mine.length)));
  const minor = told.get(valueCurrency ?? "")?.reduce((sum, { valueMinor }) => sum + (valueMinor ?? 0), 0) ?? 0;
  expect(metrics.value).toMatchObject({ value: minor * (valueCurrency === "XOF" ? 1_000_000 : 10_000), range: null });
  expect(sums.valued).toBe(valued.length);
});

test("steps and versions are asked about within their flow", () => {
  expect(ReadBreakdown.safeParse({ ...period, by: "step" }).success).toBe(false);
  expect(DashboardFilter.safeParse({ ...period, nodeId: "one" }).success).toBe(false);
});

test("a change that is not added up yet is told of", async () => {
  expect(await readLag(actor)).toMatchObject({ isRecounting: false, seconds: 0 });
  await database.pool.query("update message set clicked_at = now() where id = $1", [
    messages.find(({ direction, clickedAt }) => direction === "outbound" && clickedAt === null)?.id,
  ]);
  expect((await readLag(actor)).seconds).toBeGreaterThan(0);
});

test.each(["metrics", "days", "flow", "country", "reasons", "hours"] as const)(
  "%s can be taken as CSV, as either language's spreadsheets read it",
  async (block) => {
    const { text } = await exportBlock(actor, { ...period, block });
    const lines = text.trim().split("\n");
    expect(lines.length).toBeGreaterThan(1);
    expect(new Set(lines.map((line) => line.split(",").length)).size).toBe(1);
    const inFrench = { ...actor, session: { ...actor.session, language: "fr" as const } };
    const french = (await exportBlock(inFrench, { ...period, block })).text.trim().split("\n");
    expect(french).toEqual(lines.map((line) => line.replaceAll(",", ";").replaceAll(/(?<=\d)\.(?=\d)/g, ",")));
  },
);

test("a file holds money in units of its currency, and runs no formula", async () => {
  const { text } = await exportBlock(actor, { ...period, block: "metrics" });
  const [head = "", ...lines] = text.replace("\ufeff", "").trim().split("\n");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [head.split(",")[at], cell])));
  const { metrics, currency, valueCurrency } = await readCourse(actor, period);
  expect(rows.find(({ metric }) => metric === "cost")).toMatchObject({
    value: String((metrics.cost.value ?? 0) / 1e6),
    unit: currency,
  });
  expect(rows.find(({ metric }) => metric === "value")).toMatchObject({
    value: String((metrics.value.value ?? 0) / 1e6),
    unit: valueCurrency,
  });
  const template = '=HYPERLINK("http://evil.example")';
  await database.pool.query("update message set template = $2 where workspace_id = $1 and template = 'hello'", [
    world.workspaceId,
    template,
  ]);
  await countAll(database);
  const file = await exportBlock(actor, { ...period, block: "template" });
  expect(file.text).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(file.text).not.toMatch(/(^|[,;"\n])=/);
});

test("what is chosen has its name in a period that has nothing of it, and nothing of another workspace has one", async () => {
  const maker = await testActor(database.db, { role: "maker" });
  const { flowId } = await createFlow(maker, { name: "Loan", starterId: loanPreApproval.id });
  const empty = { from: "2020-01-01", until: "2020-01-31" };
  expect((await readChoices(maker, empty)).flows).toEqual([]);
  expect((await readChoices(maker, { ...empty, flowId })).flows).toEqual([{ id: flowId, name: "Loan" }]);
  expect((await readChoices(actor, { ...empty, flowId })).flows).toEqual([]);
});
