import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { bankFlows } from "#server/demo/world/flows.ts";
import { compareCounts, readLedger } from "./agree.ts";
import { type CoreBanking, openCoreBanking } from "./core-banking.ts";
import { DashboardReading } from "./dashboard-truths.ts";
import { comparePages } from "./experiment-truths.ts";
import { type Bank, bringLive, connectBank, foundBank } from "./found-bank.ts";
import { WorldPlay } from "./play.ts";
import { Stage } from "./stage.ts";
import { compareTruths, strictAlpha } from "./truths.ts";

const dayMs = 86_400_000;

let database: TestDatabase;
let stage: Stage;
let core: CoreBanking;
let bank: Bank;
let play: WorldPlay;
let startsAt: number;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await Stage.open({ home: null, workers: 1, databaseUrl: database.url });
  core = await openCoreBanking(() => stage.clock.now());
  bank = await foundBank(stage);
  await stage.startProduct();
  await connectBank(stage, bank);
  await bringLive(bank, bankFlows(core.url));
  startsAt = Math.ceil((stage.clock.now().getTime() + 60_000) / dayMs) * dayMs;
  await stage.moveClockTo(startsAt);
  play = new WorldPlay(stage, bank, { seed: 1, startsAt, days: 14, people: 50, stepMinutes: 480 });
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await play.run();
  written.mockRestore();
}, 120_000);
afterAll(async () => {
  await core.close();
  await stage.close();
  await database.drop();
});

test("a small world through the real doors: every count of the bank is that of the doors", async () => {
  expect(play.done).toMatchObject({ events: expect.any(Number), sent: expect.any(Number) });
  expect(Math.min(play.done.events, play.done.sent)).toBeGreaterThan(100);
  expect(Math.min(play.done.said, play.done.taps)).toBeGreaterThan(5);
  const dashboard = await DashboardReading.open(stage, bank, startsAt);
  // The last statuses may still be on their way.
  await vi.waitFor(
    async () => {
      const ledger = await readLedger(stage);
      const counts = [
        ...(await compareCounts(stage, bank.workspaceId, { done: play.done, ledger })),
        ...(await dashboard.counts(play.done, ledger)),
      ];
      expect(counts).toHaveLength(17);
      expect(counts.filter(({ atTheDoors, inTheBank }) => atTheDoors !== inTheBank)).toEqual([]);
    },
    { timeout: 20_000, interval: 500 },
  );
});

test("people have been in every flow, and the audit tells who drew and who approved each", async () => {
  const flows = await stage.query<{ name: string; inside: number; approvals: number }>(
    `select f.name, (select count(*) from enrollment e where e.flow_id = f.id)::integer as inside,
            (select count(*) from approval_decision d join approval a on a.id = d.approval_id
             where a.subject_id = f.id and d.user_id <> a.asked_by and d.verdict = 'approve')::integer as approvals
     from flow f where f.workspace_id = $1`,
    [bank.workspaceId],
  );
  expect(flows).toHaveLength(5);
  for (const { name, inside, approvals } of flows) {
    expect(inside, name).toBeGreaterThan(0);
    expect(approvals, name).toBe(1);
  }
});

test("the dashboard tells what the loan's offers came to, and how satisfied people are", async () => {
  const dashboard = await DashboardReading.open(stage, bank, startsAt);
  const truths = await dashboard.truths(strictAlpha);
  expect(truths.map(({ what }) => what)).toEqual([
    "Dashboard, offer-a: delivered",
    "Dashboard, offer-a: clicked",
    "Dashboard, offer-b: delivered",
    "Dashboard, offer-b: clicked",
    "Dashboard: satisfied",
  ]);
  for (const { what, n } of truths.slice(0, 4)) expect(n, what).toBeGreaterThan(0);
});

test("both tables have an answer to everything that is true", async () => {
  const truths = await compareTruths(stage, bank.workspaceId);
  expect(truths).toHaveLength(14);
  const pages = await comparePages(bank, strictAlpha);
  expect(pages.map(({ what }) => what)).toContain("Page Loan offer: get");
});

test("the days that the clock came to have tables of their own", async () => {
  const tables = await stage.query<{ name: string; days: number }>(
    `select tableoid::regclass::text as name, count(distinct received_at::date)::integer as days from event
     where workspace_id = $1 group by 1`,
    [bank.workspaceId],
  );
  expect(tables.length).toBeGreaterThan(7);
  for (const { name, days } of tables)
    expect({ name, days }).toEqual({ name: expect.stringMatching(/^event_\d{4}_\d\d_\d\d$/), days: 1 });
});
