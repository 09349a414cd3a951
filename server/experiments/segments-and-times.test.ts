import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { assignment, channel, contact, enrollment, experiment, message } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { type ExperimentPlan, usualPlan } from "#flow/experiment-plan.ts";
import { loanPreApproval } from "#flow/starters/loan-pre-approval.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { newId, shardOf } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { exportExperiment } from "./export-experiment.ts";
import { readExperiment } from "./read-experiment.ts";
import { readSegments } from "./read-segments.ts";
import { readTimes } from "./read-times.ts";

const start = new Date("2026-10-01T09:00:00Z");
const now = new Date("2026-11-01T09:00:00Z");
const hourMs = 3_600_000;
const plan = usualPlan({ metric: "conversion", windowHours: 168 });

let database: TestDatabase;
let analyst: Actor;
let flowId: string;
let experimentId: string;

beforeAll(async () => {
  process.env.CHASQUI_LOG_LEVEL = "silent";
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  analyst = { ...(await testActor(database.db, { role: "owner" })), clock: { now: () => now } };
  ({ flowId } = await createFlow(analyst, { name: "Loan", starterId: loanPreApproval.id }));
  experimentId = await addExperiment(plan);
});

async function addExperiment(planned: ExperimentPlan): Promise<string> {
  const id = newId();
  const arms = ["plain", "warm"].map((arm) => ({ id: arm, name: arm, weight: 50 }));
  await database.db.insert(experiment).values({
    ...{ id, workspaceId: analyst.session.workspaceId, flowId, key: id, kind: "split", nodeId: "split" },
    ...{ title: "Words", state: "running", plan: planned, arms, startedAt: start, createdAt: start, updatedAt: start },
  });
  return id;
}

async function addChannel(name: string): Promise<string> {
  const id = newId();
  const sealed = { tokenSealed: "", appSecretSealed: "", verifyTokenSealed: "" };
  await database.db.insert(channel).values({
    ...{ id, workspaceId: analyst.session.workspaceId, provider: "meta-cloud", name, phone: "+15550001111" },
    ...{ phoneNumberId: id, accountId: id, baseUrl: "http://127.0.0.1:1", hookToken: id, ...sealed, createdAt: start },
  });
  return id;
}

type Given = {
  arm: string;
  people: number;
  /** So many of them reached the goal, `hours` after their assignment. */
  goals?: number;
  hours?: number;
  locale?: string | null;
  /** What stands before the last five digits. */
  phone?: string | null;
  channelId?: string;
  at?: Date;
  /** So many of them had answered a message the day before. */
  repliedBefore?: number;
};

async function addPeople({ arm, people, goals = 0, hours = 1, at = start, ...given }: Given): Promise<void> {
  const { workspaceId } = analyst.session;
  const { locale = "es_CO", phone = "+5730012", channelId, repliedBefore = 0 } = given;
  const rows = Array.from({ length: people }, (_, nth) => {
    const contactId = newId();
    return { workspaceId, contactId, shard: shardOf(workspaceId, contactId), nth };
  });
  await database.db.insert(contact).values(
    rows.map(({ contactId: id, shard, nth }) => ({
      ...{ id, workspaceId, shard, locale },
      phone: phone === null ? null : `${phone}${String(nth).padStart(5, "0")}`,
    })),
  );
  await database.db.insert(assignment).values(
    rows.map(({ contactId }) => ({
      ...{ experimentId, contactId, workspaceId, arm, at, enrollmentId: newId(), versionId: newId() },
    })),
  );
  const out = { direction: "outbound" as const, type: "template", status: "sent" as const };
  if (channelId)
    await database.db.insert(message).values(
      rows.map(({ nth: _, ...row }) => ({
        ...row,
        ...out,
        id: newId(),
        flowId,
        channelId,
        createdAt: at,
        sentAt: at,
      })),
    );
  if (repliedBefore > 0) {
    const before = new Date(at.getTime() - 24 * hourMs);
    await database.db.insert(message).values(
      rows.slice(0, repliedBefore).map(({ nth: _, ...row }) => ({
        ...{ ...row, ...out, id: newId(), flowId: newId(), createdAt: before, sentAt: before, repliedAt: before },
      })),
    );
  }
  if (goals > 0)
    await database.db.insert(enrollment).values(
      rows.slice(0, goals).map(({ nth: _, ...row }) => ({
        ...{ ...row, id: newId(), flowId, versionId: newId(), key: "", eventId: newId(), status: "ended" as const },
        ...{ state: {} as never, enteredAt: at, goalAt: new Date(at.getTime() + hours * hourMs) },
      })),
    );
}

const told = async () =>
  (await readSegments(analyst, { experimentId }))?.segments.map(({ by, id, name, arms, isSmall }) => [
    ...[by, name ?? id, isSmall ? "few" : "told"],
    ...arms.map(({ sum, n }) => `${sum}/${n}`),
  ]);

test("people are parted by their language, the country of their phone and the number they were written from", async () => {
  const [bank, cards] = [await addChannel("Bank"), await addChannel("Cards")];
  await addPeople({ arm: "plain", people: 200, goals: 40, channelId: bank });
  await addPeople({ arm: "warm", people: 210, goals: 60, channelId: bank, locale: "es-MX" });
  await addPeople({ arm: "plain", people: 120, goals: 30, locale: "pt_BR", phone: "+55119912", channelId: cards });
  await addPeople({ arm: "warm", people: 110, goals: 20, locale: "pt", phone: "+55119913", channelId: cards });
  // Two countries with one calling code, and people of whom nothing is known, to whom nothing was sent.
  await addPeople({ arm: "warm", people: 6, locale: "en", phone: "+141555" });
  await addPeople({ arm: "warm", people: 5, locale: "en", phone: "+141655" });
  await addPeople({ arm: "plain", people: 4, locale: null, phone: null });
  expect(await told()).toEqual([
    ["language", "es", "told", "40/200", "60/210"],
    ["language", "pt", "told", "30/120", "20/110"],
    ["language", "en", "few", "0/0", "0/11"],
    ["language", null, "few", "0/4", "0/0"],
    ["country", "CO", "told", "40/200", "60/210"],
    ["country", "BR", "told", "30/120", "20/110"],
    ["country", "US", "few", "0/0", "0/6"],
    ["country", "CA", "few", "0/0", "0/5"],
    ["country", null, "few", "0/4", "0/0"],
    ["number", "Bank +15550001111", "told", "40/200", "60/210"],
    ["number", "Cards +15550001111", "told", "30/120", "20/110"],
  ]);
});

test("the parts of a parting add up to the whole, which counts whose window is over", async () => {
  await addPeople({ arm: "plain", people: 150, goals: 30 });
  await addPeople({ arm: "warm", people: 160, goals: 50, locale: "pt_BR" });
  await addPeople({ arm: "warm", people: 40, goals: 9, at: new Date(now.getTime() - 24 * hourMs) });
  const { result } = await readExperiment(analyst, { experimentId });
  expect(result?.metrics[0]?.arms).toMatchObject([
    { sum: 30, n: 150 },
    { sum: 50, n: 160 },
  ]);
  expect(await told()).toEqual([
    // All are of one country and no number: those would be the whole again.
    ["language", "pt", "few", "0/0", "50/160"],
    ["language", "es", "few", "30/150", "0/0"],
  ]);
});

test("of a bandit nothing is parted, and nothing is told to another workspace", async () => {
  experimentId = await addExperiment({ ...plan, method: "bandit" });
  await addPeople({ arm: "plain", people: 150, goals: 30 });
  expect(await readSegments(analyst, { experimentId })).toBeNull();
  const other = await testActor(database.db);
  await expect(readSegments(other, { experimentId })).rejects.toMatchObject({ code: "not-found" });
  await expect(readTimes(other, { experimentId })).rejects.toMatchObject({ code: "not-found" });
});

test("how long it took counts also whose window is open, as people who still wait", async () => {
  await addPeople({ arm: "plain", people: 60, goals: 40, hours: 5 });
  await addPeople({ arm: "plain", people: 40, at: new Date(now.getTime() - 3 * hourMs) });
  await addPeople({ arm: "warm", people: 50, goals: 10, hours: 48 });
  const { times, choices } = await readTimes(analyst, { experimentId });
  expect(choices.map(({ id }) => id)).toContain("conversion");
  const [plain, warm] = times?.arms ?? [];
  // Forty were only seen for three hours: of the sixty that were seen at five, forty did it.
  expect(plain).toMatchObject({ people: 100, events: 40, waiting: 40 });
  expect(plain?.reached?.share).toBeCloseTo(40 / 60, 12);
  expect(plain?.median.time).toBeCloseTo(5 + 1 / 60, 6);
  expect(plain?.curve.find(({ hours }) => hours === 4)).toMatchObject({ share: 0, atRisk: 60 });
  expect(warm).toMatchObject({ people: 50, events: 10, waiting: 0, median: { time: null, ci: [null, null] } });
  expect(warm?.half).toBeCloseTo(48 + 1 / 60, 6);
  await expect(readTimes(analyst, { experimentId, metric: "cost" })).rejects.toMatchObject({ code: "bad-input" });
});

test("arms whose people had not done the same before are warned of, and the verdict is what it was", async () => {
  experimentId = await addExperiment({ ...plan, secondary: [{ metric: "reply", windowHours: 72 }] });
  await addPeople({ arm: "plain", people: 400, goals: 40, repliedBefore: 20 });
  await addPeople({ arm: "warm", people: 400, goals: 40, repliedBefore: 24 });
  const alike = (await readExperiment(analyst, { experimentId })).result;
  expect(alike?.balance).toMatchObject({ status: "ok", pairs: [{ metric: { id: "reply" }, arm: "warm" }] });
  await addPeople({ arm: "warm", people: 30, goals: 3, repliedBefore: 30 });
  const apart = (await readExperiment(analyst, { experimentId })).result;
  expect(apart?.balance).toMatchObject({ status: "unbalanced", pairs: [{ daysSeen: 1, isUnbalanced: true }] });
  expect(apart?.balance.pairs[0]?.before).toEqual({ baseline: 0.05, variant: 54 / 430 });
  expect(apart?.verdict.state).toBe(alike?.verdict.state);
  expect(apart?.unhealthy).toEqual([]);
});

test("the files hold segments, times and what was before", async () => {
  await addPeople({ arm: "plain", people: 150, goals: 90, hours: 5 });
  await addPeople({ arm: "warm", people: 160, goals: 100, hours: 7 });
  await addPeople({ arm: "warm", people: 3, phone: "+55119913" });
  const csv = (await exportExperiment(analyst, { experimentId, format: "csv" })).text;
  const [head = "", first = "", ...rest] = csv.trim().split("\n");
  const cell = (line: string, column: string) => line.split(",")[head.trim().split(",").indexOf(column)]?.trim();
  expect([cell(first, "medianHours"), cell(first, "baselineMedianHours")].map((one) => Number(one).toFixed(2))).toEqual(
    ["7.02", "5.02"],
  );
  const segments = rest.filter((line) => cell(line, "role") === "segment");
  expect(segments.map((line) => [cell(line, "segmentBy"), cell(line, "segment"), cell(line, "correction")])).toEqual([
    ["country", "CO", "benjamini-hochberg"],
    ["country", "BR", "benjamini-hochberg"],
  ]);
  expect(segments.map((line) => cell(line, "method"))).toEqual(["sequential", "too-few"]);
  const json = JSON.parse((await exportExperiment(analyst, { experimentId, format: "json" })).text);
  expect(json.times[0].arms[0].curve.length).toBeGreaterThan(80);
  expect(json.segments.segments).toHaveLength(2);
  expect(json.result.balance.status).toBe("nothing-before");
});
