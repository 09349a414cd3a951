import { accessKey } from "#db/schema/index.ts";
import { SampleWorld, sampleSecret } from "#server/engine/sample-world.ts";
import { newId } from "#server/id.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { fingerprint } from "#server/secret.ts";
import { type BenchStack, stopChild, until } from "./engine/bench-stack.ts";
import { approveTemplate, publishRun } from "./engine/bench-world.ts";
import { report } from "./engine/print.ts";
import { allMessages } from "./engine/sandbox-ledger.ts";
import { type Offer, offerEvents } from "./latency/offer-events.ts";
import { option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { median, quantile, round } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";
import { seedMarketing, seedPeople, settleDown } from "./workload/seed.ts";

/**
 * From an event to the provider's call, on an open loop (events come at their rate whatever happens to the earlier ones): at half
 * the load of the bar, and for fraud alerts behind a campaign that keeps its number at its limit.
 * `npm run bench:latency -- [--rate 1000] [--seconds 20] [--rounds 5] [--queued 100000] [--fraud 10] [--number 60]`
 */
const rate = option("rate", 1000);
const seconds = option("seconds", 20);
const rounds = option("rounds", 5);
const queued = option("queued", 100_000);
const fraudRate = option("fraud", 10);
/** None of Meta's own steps: the engine would take such a number's rate for learnt, and ask the sandbox for it anew. */
const numberRate = option("number", 60);
const people = 50_000;

type Latency = { p50: number; p95: number; p99: number; max: number; p99FromDue: number; count: number };

await runBench("latency", async (stack) => {
  await stack.startSandbox();
  await stack.control("schedule", { sent_ms: null, delivered_ms: null, read_ms: null });
  await approveTemplate(stack);
  await stack.startDoor();
  const half = await prepare(stack, { purpose: "service", perSecond: 20_000 });
  const fraud = await prepare(stack, { purpose: "fraud", perSecond: numberRate });
  await seedMarketing(stack.database.pool, fraud.world, queued);
  await settleDown(stack.database.pool);

  const results: { half: Latency; fraud: Latency }[] = [];
  for (let turn = 0; turn <= rounds; turn += 1) {
    const length = turn === 0 ? Math.min(5, seconds) : seconds;
    const result = {
      half: await measure(stack, half, { perSecond: rate, seconds: length }),
      fraud: await measure(stack, fraud, { perSecond: fraudRate, seconds: length }),
    };
    if (turn > 0) results.push(result);
    report(`${turn === 0 ? "warm-up" : `round ${turn}`} ${JSON.stringify(result)}`);
  }
  return show(stack, results, fraud.world);
});

type Line = { world: SampleWorld; key: string };

async function prepare(
  stack: BenchStack,
  { purpose, perSecond }: { purpose: "service" | "fraud"; perSecond: number },
): Promise<Line> {
  const world = new SampleWorld(stack.database);
  const identity = sandboxIdentity(sampleSecret);
  await world.build({ baseUrl: stack.sandboxUrl, messagesPerSecond: perSecond, identity, capPerDay: 100 });
  await publishRun(world, { purpose });
  await seedPeople(stack.database.pool, world, people);
  const key = newId();
  await stack.database.db.insert(accessKey).values({
    id: newId(),
    workspaceId: world.workspaceId,
    kind: "write",
    name: "bench",
    hash: fingerprint(key),
    last4: key.slice(-4),
  });
  return { world, key };
}

/** One worker of its own for each load; measured once it has settled in. */
async function measure(
  stack: BenchStack,
  { key }: Line,
  load: { perSecond: number; seconds: number },
): Promise<Latency> {
  const worker = stack.start("server/engine/main.ts");
  const offer = (length: number) =>
    offerEvents({ url: stack.doorUrl, key, event: "bench.event", people, perSecond: load.perSecond, seconds: length });
  // A worker that has just begun works off what came meanwhile: nobody's first seconds are measured.
  await receiptsOfAll(stack, await offer(2));
  const offers = await offer(load.seconds);
  const receipts = await receiptsOfAll(stack, offers);
  await stopChild(worker, "SIGTERM");
  return latencyOf(offers, receipts);
}

/** `receiptsOf` these events, once the sandbox has the message of each. */
async function receiptsOfAll(stack: BenchStack, offers: readonly Offer[]): Promise<Map<string, number>> {
  const ids = offers.map((each) => each.messageId);
  let receipts = new Map<string, number>();
  const haveAll = async () => {
    receipts = await receiptsOf(stack, ids);
    return receipts.size === offers.length;
  };
  await until(haveAll, 60_000, 500);
  return receipts;
}

/** When the sandbox took the message of each event, by the event's message id. */
async function receiptsOf(stack: BenchStack, messageIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await stack.database.pool.query<{ event: string; ref: string }>(
    `select k.message_id as event, m.id as ref
     from event_key k join enrollment e on e.event_id = k.event_id join message m on m.enrollment_id = e.id
     where k.message_id = any($1)`,
    [messageIds],
  );
  const at = new Map((await allMessages(stack)).map((each) => [each.biz_opaque_callback_data, Date.parse(each.at)]));
  return new Map(
    rows.flatMap(({ event, ref }): [string, number][] => {
      const moment = at.get(ref);
      return moment === undefined ? [] : [[event, moment]];
    }),
  );
}

function latencyOf(offers: readonly Offer[], receipts: ReadonlyMap<string, number>): Latency {
  const pairs = offers.map((offer) => ({ ...offer, at: receipts.get(offer.messageId) ?? Number.POSITIVE_INFINITY }));
  // The call may arrive before the door's answer has come back: then nobody waited.
  const times = pairs.map(({ at, acceptedAt }) => Math.max(0, at - acceptedAt));
  const fromDue = pairs.map(({ at, dueAt }) => at - dueAt);
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    max: quantile(times, 1),
    p99FromDue: round(quantile(fromDue, 0.99)),
    count: times.length,
  };
}

async function show(stack: BenchStack, results: { half: Latency; fraud: Latency }[], { workspaceId }: SampleWorld) {
  const middle = (pick: (result: (typeof results)[number]) => Latency): Latency => {
    const of = (name: keyof Latency) => round(median(results.map((result) => pick(result)[name])), 1);
    const names = ["p50", "p95", "p99", "max", "p99FromDue", "count"] as const;
    return Object.fromEntries(names.map((name) => [name, of(name)])) as Latency;
  };
  const half = middle((result) => result.half);
  const fraud = middle((result) => result.fraud);
  const { rows } = await stack.database.pool.query<{ n: number; most: number }>(
    `select (select count(*)::integer from outbox where workspace_id = $1) as n,
            (select max(n)::integer from (
               select count(*) as n from message where workspace_id = $1 and sent_at is not null group by date_trunc('second', sent_at)
             ) seconds) as most`,
    [workspaceId],
  );
  const { n: queuedAtEnd = 0, most: mostPerSecond = 0 } = rows[0] ?? {};
  const row = (name: string, each: Latency) => [name, each.p50, each.p95, each.p99, each.max, each.p99FromDue];
  showTable(`From the door's answer to the provider's receipt, ms, medians of ${rounds} rounds of ${seconds} s`, [
    ["", "p50", "p95", "p99", "longest", "p99 from when the event was due"],
    row(`${rate} events/s, service`, half),
    row(`fraud, ${fraudRate}/s behind ${queued.toLocaleString("en")} marketing sends`, fraud),
  ]);
  showRemark(
    `The campaign's number may send ${numberRate} a second and sent ${mostPerSecond} in its fullest one; ${queuedAtEnd.toLocaleString("en")} of its messages were still queued at the end.`,
  );
  return { rate, seconds, rounds, half, fraud, queued, queuedAtEnd, numberRate, mostPerSecond };
}
