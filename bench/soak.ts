import { setTimeout as delay } from "node:timers/promises";
import { SampleWorld, sampleHookToken, sampleSecret } from "#server/engine/sample-world.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { type BenchStack, until } from "./engine/bench-stack.ts";
import { approveTemplate, publishRun } from "./engine/bench-world.ts";
import { report } from "./engine/print.ts";
import { option } from "./measure/options.ts";
import { showPlot } from "./measure/plot.ts";
import { runBench } from "./measure/run-bench.ts";
import { round, slope } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";
import { offerQueue } from "./soak/offer-queue.ts";
import { rssMb, type Sample, tableSizes } from "./soak/sample.ts";
import { seedPeople, settleDown } from "./workload/seed.ts";

/**
 * Whether a worker's memory stays flat and the tables stay bounded: events at a steady rate, each becoming a message whose statuses
 * come back by webhook. `npm run bench:soak -- [--minutes 60] [--rate 300] [--every 10] [--plots]`
 */
const minutes = option("minutes", 60);
const rate = option("rate", 300);
const every = option("every", 10);
const people = 20_000;
const tickMs = 200;
const mostMb = 350;
/** What a flat line may still rise in an hour: the garbage collector's own waves within the samples. */
const flatMbPerHour = 30;

await runBench("soak", async (stack) => {
  await stack.startSandbox();
  await stack.control("schedule", { sent_ms: 100, delivered_ms: 500, read_ms: null });
  await approveTemplate(stack);
  await stack.startDoor();
  const world = new SampleWorld(stack.database);
  const identity = sandboxIdentity(sampleSecret);
  await world.build({ baseUrl: stack.sandboxUrl, messagesPerSecond: 5000, identity, capPerDay: 30_000 });
  await stack.control("webhook", { url: `${stack.doorUrl}/hooks/meta/${world.channelId}/${sampleHookToken}` });
  await publishRun(world);
  await seedPeople(stack.database.pool, world, people);
  await settleDown(stack.database.pool);
  const worker = stack.start("server/engine/main.ts");
  await until(async () => (await stack.workers()) > 0, 30_000);
  const samples = await load(stack, worker.pid ?? 0, world.workspaceId);
  return show(samples);
});

async function load(stack: BenchStack, pid: number, workspaceId: string): Promise<Sample[]> {
  const { pool } = stack.database;
  const samples: Sample[] = [];
  const begun = performance.now();
  const secondsNow = () => (performance.now() - begun) / 1000;
  let offered = 0;
  while (secondsNow() < minutes * 60) {
    const due = Math.floor(secondsNow() * rate);
    // After a stall no more than a second's worth at once: the load is steady, not a flood.
    const count = Math.min(rate, due - offered);
    if (count > 0) await offerQueue(pool, { workspaceId, from: offered, count, people });
    offered = count === due - offered ? due : offered + count;
    if (secondsNow() >= (samples.length + 1) * every) {
      samples.push(await takeSample(stack, pid, secondsNow()));
      const last = samples.at(-1);
      if (samples.length % 6 === 0) report(JSON.stringify({ ...last, tables: undefined }));
    }
    await delay(tickMs);
  }
  return samples;
}

async function takeSample(stack: BenchStack, pid: number, seconds: number): Promise<Sample> {
  const { pool } = stack.database;
  const count = async (table: string) =>
    (await pool.query<{ n: number }>(`select count(*)::integer as n from ${table}`)).rows[0]?.n ?? 0;
  return {
    seconds: round(seconds),
    rssMb: round(rssMb(pid), 1),
    sent: await stack.messagesAtSandbox(),
    queued: await count("signal_queue"),
    outbox: await count("outbox"),
    tables: await tableSizes(pool),
  };
}

function show(samples: readonly Sample[]) {
  const last = samples.at(-1);
  if (!last) throw new Error("Too short to take a sample.");
  // The first third is warming up: code, connections and caches come in.
  const steady = samples.slice(Math.floor(samples.length / 3));
  const perHour = round(slope(steady.map(({ seconds, rssMb: mb }) => [seconds / 3600, mb] as const)), 1);
  const rssMax = Math.max(...samples.map((sample) => sample.rssMb));
  const isFlat = rssMax <= mostMb && (minutes < 30 || perHour <= flatMbPerHour);
  const middle = steady[0] ?? last;
  showTable(`Tables under ${rate} events/s for ${minutes} minutes`, [
    ["", "MB after a third", "MB at the end", "most MB", "dead rows at the end", "most dead rows"],
    ...last.tables.map(({ name, bytes, dead }) => {
      const of = (sample: Sample) => sample.tables.find((table) => table.name === name);
      const most = (pick: "bytes" | "dead") => Math.max(...samples.map((sample) => of(sample)?.[pick] ?? 0));
      const mb = (value: number) => round(value / 1_048_576, 1);
      return [name, mb(of(middle)?.bytes ?? 0), mb(bytes), mb(most("bytes")), dead, most("dead")];
    }),
  ]);
  showRemark(
    `The worker's memory: at most ${rssMax} MB, ${last.rssMb} MB at the end; after the first third it changes by ${perHour} MB an hour. ${isFlat ? "Flat." : "NOT FLAT."} ${last.sent.toLocaleString("en")} messages were sent; ${last.queued} signals and ${last.outbox} messages were queued at the end.`,
  );
  showPlot("soak-memory", {
    title: "A worker's memory under load",
    xTitle: "minutes",
    yTitle: "resident MB",
    series: [{ name: "resident MB", points: samples.map((sample) => [sample.seconds / 60, sample.rssMb]) }],
  });
  if (!isFlat) process.exitCode = 1;
  const tables = Object.fromEntries(last.tables.map(({ name, bytes, dead }) => [name, { bytes, dead }]));
  return {
    minutes,
    rate,
    rssMaxMb: rssMax,
    rssEndMb: last.rssMb,
    rssMbPerHour: perHour,
    isFlat,
    sent: last.sent,
    tables,
  };
}
