import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { eraseContact } from "#server/contacts/erase-contact.ts";
import { testActor } from "#server/test-actor.ts";
import { foldTallies } from "./fold-tallies.ts";
import { countAnew, rebuildTallies } from "./rebuild-tallies.ts";
import { medianStay, stayBucket, stayOf } from "./stay-bucket.ts";
import { RandomHistory } from "./test-history.ts";
import { randomOf } from "./test-random.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Count = {
  day: string;
  version_id: string;
  node_id: string;
  kind: string;
  handle: string;
  language: string;
  n: string;
};
const columns = sql`day::text, version_id, node_id, kind, handle, language`;

const ordered = (rows: Count[]) =>
  rows.map((row) => `${Object.values({ ...row, n: Number(row.n) }).join(" ")}`).toSorted();

async function kept(flowId: string): Promise<string[]> {
  const { rows } = await database.db.execute<Count>(sql`
    select ${columns}, sum(n) as n
    from (select * from flow_tally union all
          select workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n from flow_tally_change) x
    where flow_id = ${flowId} group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0`);
  return ordered(rows);
}

async function anew(flowId: string): Promise<string[]> {
  const { rows } = await database.db.execute<Count>(
    sql`select ${columns}, n from (${countAnew(sql`flow_id = ${flowId}`)}) x`,
  );
  return ordered(rows);
}

/** Counts path by path, without any of the counting above: who came to each step and what became of them. */
async function stepByStep(flowId: string) {
  const traces = await database.db
    .select()
    .from(tables.trace)
    .where(eq(tables.trace.flowId, flowId))
    .orderBy(tables.trace.enrollmentId, tables.trace.ordinal);
  const left = new Map<string, number>();
  const ended = new Map<string, number>();
  for (const { versionId, nodeId, kind, handle } of traces) {
    const counts = kind === "left" ? left : kind === "ended" ? ended : null;
    const key = `${versionId} ${nodeId} ${kind === "left" ? (handle ?? "") : ""}`;
    counts?.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { left, ended };
}

const seen = new Set<string>();
const seeds = Array.from({ length: 14 }, (_, index) => 1_000 + index);

test.each(seeds)("whatever happens, the counts are those of the rows (history %i)", async (seed) => {
  const random = randomOf(seed);
  const history = new RandomHistory(database, random);
  await history.begin();
  for (let turn = 0; turn < 60; turn += 1) {
    await history.happen();
    if (random() < 0.06) await history.publish();
    if (random() < 0.1) await foldTallies(database.pool);
    if (random() < 0.03) {
      const someone = await testActor(database.db);
      const actor = { ...someone, session: { ...someone.session, workspaceId: history.world.workspaceId } };
      const [contactId = ""] = history.people.splice(0, 1);
      await eraseContact({ ...actor, clock: { now: () => history.now } }, { contactId });
    }
  }
  await history.settle();
  const { flowId } = history;
  const counts = await kept(flowId);
  for (const row of counts) seen.add(row.split(" ")[3] ?? "");
  expect(counts.length).toBeGreaterThan(20);
  expect(counts).toEqual(await anew(flowId));

  const { left, ended } = await stepByStep(flowId);
  const sumBy = (kind: string, keyOf: (parts: string[]) => string) => {
    const sums = new Map<string, number>();
    for (const row of counts) {
      const [, version = "", node = "", what, handle = "", , n] = row.split(" ");
      if (what !== kind) continue;
      const key = keyOf([version, node, handle]);
      sums.set(key, (sums.get(key) ?? 0) + Number(n));
    }
    return sums;
  };
  expect(sumBy("left", (parts) => parts.join(" "))).toEqual(left);
  expect(sumBy("ended", ([version, node]) => `${version} ${node} `)).toEqual(ended);
  const standing = await database.db.$count(
    tables.enrollment,
    sql`${tables.enrollment.flowId} = ${flowId} and status = 'waiting'`,
  );
  expect([...sumBy("standing", () => "").values()].reduce((sum, n) => sum + n, 0)).toBe(standing);

  await database.db.transaction((tx) => rebuildTallies(tx, { flowId }));
  expect(await kept(flowId)).toEqual(counts);
});

test("these histories had everything that is counted", () => {
  expect(seen).toEqual(new Set(tables.tallyKinds));
});

test("a stay is read back from its bucket within 4.5 %", () => {
  for (const seconds of [0, 1, 7, 60, 3_600, 70_800, 86_400, 31_536_000]) {
    const read = stayOf(stayBucket(seconds * 1_000));
    expect(Math.abs(read - seconds)).toBeLessThanOrEqual(0.045 * (1 + seconds));
  }
});

test("the median is the middle one", () => {
  expect(medianStay([])).toBeNull();
  const hour = stayBucket(3_600_000);
  const day = stayBucket(86_400_000);
  expect(
    medianStay([
      { bucket: day, n: 2 },
      { bucket: hour, n: 3 },
    ]),
  ).toBe(stayOf(hour));
  expect(
    medianStay([
      { bucket: hour, n: 1 },
      { bucket: day, n: 2 },
    ]),
  ).toBe(stayOf(day));
});
