import { connect } from "#db/client.ts";
import { systemClock } from "#server/clock.ts";
import { engineUrl } from "#server/engine/engine-url.ts";
import { SampleWorld } from "#server/engine/sample-world.ts";
import { SignalHost } from "#server/engine/signals/signal-host.ts";
import { createLog } from "#server/log.ts";
import { report } from "./engine/print.ts";
import { option, options } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { median, round } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";
import { createOwnDatabase, type OwnDatabase } from "./own-database.ts";
import { resetCosts, type StatementCost, statementCosts } from "./profile/statement-costs.ts";
import { publishSleep, seedPeople, seedSleepers, settleDown } from "./workload/seed.ts";

/**
 * What it costs to wake the due ones among many that sleep: one database per size, in rounds that take turns. A wake-up is the whole
 * of it: claim, load, advance, path, new wake-up time, commit.
 * `npm run bench:timers -- [--sizes 10000,100000,1000000] [--due 500] [--rounds 25]`
 */
const sizes = options("sizes", [10_000, 100_000, 1_000_000]);
const due = option("due", 500);
const rounds = option("rounds", 25);

type Sleepers = { size: number; database: OwnDatabase; host: SignalHost; close: () => Promise<void>; ms: number[] };

await runBench("timers", async () => {
  const all: Sleepers[] = [];
  try {
    for (const size of sizes) all.push(await putToSleep(size));
    for (let turn = -2; turn < rounds; turn += 1) {
      for (const sleepers of turn % 2 === 0 ? all : all.toReversed()) {
        const ms = await wakeSome(sleepers);
        if (turn >= 0) sleepers.ms.push(ms);
        else await resetCosts(sleepers.database.pool);
      }
    }
    return await showFigures(all);
  } finally {
    for (const sleepers of all) await sleepers.close();
  }
}, ["shared_preload_libraries=pg_stat_statements"]);

async function putToSleep(size: number): Promise<Sleepers> {
  const begun = performance.now();
  const database = await createOwnDatabase();
  const world = new SampleWorld(database);
  await world.build();
  const flowId = await publishSleep(world);
  await seedPeople(database.pool, world, size);
  await seedSleepers(database.pool, world, flowId, size);
  await settleDown(database.pool);
  // One database at a time: a vacuum of the largest must not be paid for by the others' rounds.
  await database.pool.query("alter table enrollment set (autovacuum_enabled = off)");
  await database.pool.query("alter table trace_before set (autovacuum_enabled = off)");
  await resetCosts(database.pool);
  report(`${size} sleep after ${round((performance.now() - begun) / 1000, 1)} s`);
  const { pool } = connect(engineUrl(database.url), { name: "bench-timers", max: 1, onError: () => undefined });
  const host = new SignalHost({ pool, clock: systemClock, log: createLog("worker"), batchSize: due });
  const close = async () => {
    await pool.end();
    await database.drop();
  };
  return { size, database, host, close, ms: [] };
}

/** Sets `due` sleepers spread over all of them to the past, and times how long it takes until all have gone on. */
async function wakeSome({ database: { pool }, host, size }: Sleepers): Promise<number> {
  const share = Math.min(100, ((due * 100) / size) * 1.6);
  const { rowCount } = await pool.query(
    `update enrollment e set wake_at = now() - interval '1 second',
            state = jsonb_set(state, '{wait,wakeAt}', to_jsonb(extract(epoch from now())::bigint * 1000 - 1000))
     from (select id from enrollment tablesample bernoulli (${share}) where status = 'waiting' limit $1) x where e.id = x.id`,
    [due],
  );
  const begun = performance.now();
  let woken = 0;
  for (let works = 1; works > 0; ) {
    works = (await host.applyDue()).works;
    woken += works;
    if (woken > due) throw new Error("Who was woken stays due.");
  }
  const ms = performance.now() - begun;
  if (woken !== rowCount) throw new Error(`${woken} of ${rowCount} were woken.`);
  return (ms * due) / Math.max(1, woken);
}

async function showFigures(all: Sleepers[]) {
  const figures = await Promise.all(
    all.map(async ({ size, ms, database }) => {
      const costs = (await statementCosts(database.pool)).filter(({ text }) => /wake_at <= /.test(text));
      const plans = await Promise.all(costs.map(({ text }) => planOf(database, text)));
      const each = (pick: (cost: StatementCost) => number) =>
        costs.reduce((sum, cost) => sum + pick(cost) / Math.max(1, cost.calls), 0);
      const best = Math.min(...ms);
      return {
        sleepers: size,
        wakeMs: round(median(ms), 1),
        bestMs: round(best, 1),
        claimMs: round(
          each((cost) => cost.ms),
          2,
        ),
        claimBuffers: round(each((cost) => cost.blocks)),
        plans,
      };
    }),
  );
  const [first] = figures;
  const ratio = round((figures.at(-1)?.wakeMs ?? 0) / Math.max(0.1, first?.wakeMs ?? 1), 2);
  showTable(`Waking ${due} due, medians of ${rounds} rounds that take turns`, [
    ["sleepers", "ms for all of it", "best", "of it the claim, ms", "buffers of the claim"],
    ...figures.map(({ sleepers, wakeMs, bestMs, claimMs, claimBuffers }) => [
      sleepers.toLocaleString("en"),
      wakeMs,
      bestMs,
      claimMs,
      claimBuffers,
    ]),
  ]);
  const plans = [...new Set(figures.at(-1)?.plans ?? [])];
  showRemark(
    `Waking among ${sizes.at(-1)?.toLocaleString("en")} costs ${ratio} times as much as among ${sizes[0]?.toLocaleString("en")}. The claim reads by: ${plans.join("; ")}.`,
  );
  return { due, rounds, ratio, points: figures };
}

/** The indexes that Postgres would take for this statement, with sequential scans as dear as for the engine. */
async function planOf(database: OwnDatabase, text: string): Promise<string> {
  const client = await database.pool.connect();
  try {
    await client.query("set enable_seqscan = off");
    const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain (generic_plan) ${text}`);
    const lines = rows.map((row) => row["QUERY PLAN"]);
    const scans = lines.flatMap((line) => /(Index (?:Only )?Scan using \w+|Seq Scan on \w+)/.exec(line)?.[1] ?? []);
    return [...new Set(scans)].join(", ");
  } finally {
    await client.query("reset enable_seqscan");
    client.release();
  }
}
