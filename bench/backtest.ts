import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import * as tables from "#db/schema/index.ts";
import { Replay } from "#flow/backtest/replay.ts";
import { namedEvents } from "#flow/named-events.ts";
import { playEvents } from "#server/backtests/play-events.ts";
import { readRates } from "#server/backtests/read-rates.ts";
import { compileGraph, readGround, readScope, rulesOf } from "#server/backtests/read-scope.ts";
import { estimateCost } from "#server/channels/prices/estimate-cost.ts";
import { SampleWorld } from "#server/engine/sample-world.ts";
import { readCatalog } from "#server/flows/read-catalog.ts";
import { coreRound } from "./backtest/core-round.ts";
import type { BenchStack } from "./engine/bench-stack.ts";
import { publishRun } from "./engine/bench-world.ts";
import { postgresCpuUs } from "./engine/cpu-time.ts";
import { report } from "./engine/print.ts";
import { option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { median, round } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";

/**
 * How many enrollments a second a backtest plays on one core: event, match, condition, split, send gate, provider's answer, goal. Once
 * alone, the histories in memory, and once whole, with events and people read from Postgres as the product does it. A core's second is
 * a second of CPU time of our process, so that what others do on the machine counts as little as can be.
 * `npm run bench:backtest -- [--people 50000] [--rounds 5]`
 */
const people = option("people", 50_000);
const rounds = option("rounds", 5);

type Round = { entered: number; sent: number; cpuUs: number; seconds: number; postgresUs: number };

await runBench("backtest", async (stack) => {
  const world = new SampleWorld(stack.database);
  await world.build();
  const flowId = await publishRun(world);
  const [version] = await stack.database.db
    .select()
    .from(tables.flowVersion)
    .where(eq(tables.flowVersion.flowId, flowId));
  if (!version) throw new Error("The flow was not published.");
  report("storing people and their events of thirty days ...");
  const span = await storeEvents(stack, world);
  const catalog = await readCatalog(stack.database.db, world.workspaceId);
  const alone: Round[] = [];
  const whole: Round[] = [];
  for (let turn = 0; turn <= rounds; turn += 1) {
    const core = { ...coreRound(version.graph, catalog, people), postgresUs: 0 };
    const read = await wholeRound(stack, { world, flowId, graph: version.graph, span });
    report(`${turn === 0 ? "warm-up" : `round ${turn}`} ${JSON.stringify({ core, read })}`);
    if (turn === 0) continue;
    alone.push(core);
    whole.push(read);
  }
  const figures = { alone: figuresOf(alone), whole: figuresOf(whole) };
  showTable(`Medians of ${rounds} rounds of ${people.toLocaleString("en")} enrollments, one message each`, [
    ["", "per second of a core", "us CPU each", "of Postgres, us", "per second of the clock"],
    ["the replay alone", figures.alone.perCoreSecond, figures.alone.cpuUs, 0, figures.alone.perSecond],
    [
      "with events and people read from Postgres",
      figures.whole.perCoreSecond,
      figures.whole.cpuUs,
      figures.whole.postgresUs,
      figures.whole.perSecond,
    ],
  ]);
  showRemark(
    "A month of a million entries takes as many seconds as a million divided by the last figure of the second line.",
  );
  return { people, rounds, ...figures };
});

function figuresOf(all: readonly Round[]) {
  const middle = (pick: (each: Round) => number) => median(all.map(pick));
  return {
    perCoreSecond: Math.round(middle(({ entered, cpuUs }) => entered / (cpuUs / 1e6))),
    cpuUs: round(
      middle(({ entered, cpuUs }) => cpuUs / entered),
      1,
    ),
    postgresUs: round(
      middle(({ entered, postgresUs }) => postgresUs / entered),
      1,
    ),
    perSecond: Math.round(middle(({ entered, seconds }) => entered / seconds)),
    entered: middle(({ entered }) => entered),
    sent: middle(({ sent }) => sent),
  };
}

type Span = { since: number; until: number };

/** One event each, spread over thirty days, in the order in which they came. */
async function storeEvents({ database }: BenchStack, world: SampleWorld): Promise<Span> {
  const contacts = await world.addContacts(people, { attributes: { score: 700 } });
  const until = Date.now();
  const since = until - 30 * 86_400_000;
  for (let from = 0; from < contacts.length; from += 5_000) {
    const part = contacts.slice(from, from + 5_000);
    const moments = part.map((_, nth) => since + Math.floor(((from + nth) * (until - since)) / people));
    await database.pool.query(
      `insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at)
       select id, to_timestamp(at / 1000), $1, 0, contact_id, id::text, 'track', 'bench.event',
         '{"amount": 105000, "currency": "XOF", "merchant": "Marché Kermel"}', to_timestamp(at / 1000)
       from unnest($2::uuid[], $3::uuid[], $4::double precision[]) as x(id, contact_id, at)`,
      [world.workspaceId, part.map(() => randomUUID()), part, moments],
    );
  }
  await database.pool.query("vacuum analyze");
  return { since, until: until + 1 };
}

type Asked = { world: SampleWorld; flowId: string; graph: Parameters<typeof compileGraph>[0]; span: Span };

async function wholeRound({ database }: BenchStack, { world, flowId, graph, span }: Asked): Promise<Round> {
  const { db, pool } = database;
  const { workspaceId } = world;
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid ?? 0;
  const before = { cpu: process.cpuUsage(), postgres: postgresCpuUs(pid), at: performance.now() };
  const ground = await readGround(db, workspaceId);
  const scope = await readScope(db, { workspaceId, flowId, ...span, policy: ground.policy });
  const flow = compileGraph(graph);
  if (!flow) throw new Error("The flow cannot be read.");
  const replay = new Replay({
    flow,
    flowId,
    catalog: await readCatalog(db, workspaceId),
    rules: { ...rulesOf(ground.policy, ground.zone), quietHours: { from: "21:00", to: "08:00" } },
    zone: ground.zone,
    language: ground.language,
    rates: await readRates(pool, { workspaceId, until: span.until, seed: "bench" }),
    priceOf: estimateCost,
    assumesApproval: true,
  });
  await playEvents([replay], { pool, scope, names: namedEvents(graph), onProgress: async () => true });
  const { entered, sent } = replay.finish(span.until + 2 * 86_400_000);
  const { user, system } = process.cpuUsage(before.cpu);
  return {
    entered,
    sent,
    cpuUs: user + system,
    seconds: (performance.now() - before.at) / 1000,
    postgresUs: postgresCpuUs(pid) - before.postgres,
  };
}
