import { accessKey, event, workspace } from "#db/schema/index.ts";
import { freePort } from "#scripts/stack/free-port.ts";
import { newId } from "#server/id.ts";
import { fingerprint } from "#server/secret.ts";
import { measureNeighbours, type Neighbours } from "./door/fairness.ts";
import { batches, type Kind, kinds, pairs } from "./door/kinds.ts";
import { measureKind, type Round, type Server } from "./door/measure-kind.ts";
import { type BenchStack, until } from "./engine/bench-stack.ts";
import { report } from "./engine/print.ts";
import { option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { medians, round } from "./measure/statistics.ts";
import { showRemark, showTable } from "./measure/tables.ts";

/**
 * How fast the event door stores, beside a bare node HTTP server that parses the same body and stores nothing: interleaved rounds
 * on the same machine, medians; then what a calm workspace notices of a noisy one. Each pair is driven twice: by sockets of our own,
 * which cost next to nothing, and by autocannon, an ordinary load tool. Every answer counted is a 200 after the commit; the stored
 * rows are counted at the end.
 * `npm run bench:door -- [--rounds 5] [--seconds 3]`
 */
const rounds = option("rounds", 5);
const seconds = option("seconds", 3);
const key = "bench-key";
/** Two workspaces with the door's own pace. */
const neighbours = { calm: "calm-key", noisy: "noisy-key" };

type Results = Map<string, Record<keyof Round, number>>;

await runBench("door", async (stack) => {
  const client = await stack.database.pool.connect();
  try {
    // For the loads the bench is alone: its pace is the machine's.
    await addWorkspace(stack, key, 10_000_000);
    for (const own of Object.values(neighbours)) await addWorkspace(stack, own, null);
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const servers = await startServers(stack, rows[0]?.pid ?? 0);
    const results = await measureAll(servers);
    const fairness: Record<keyof Neighbours, number>[] = [];
    for (let turn = 0; turn < rounds; turn++)
      fairness.push(await measureNeighbours(servers.door.port, neighbours, seconds));
    return show(results, medians(fairness), await stack.database.db.$count(event));
  } finally {
    client.release();
  }
});

async function startServers(stack: BenchStack, backendPid: number): Promise<Record<Kind["server"], Server>> {
  const port = await freePort();
  const bare = stack.start("bench/door/bare-server.ts", [String(port)]);
  await until(async () => (await fetch(`http://127.0.0.1:${port}`)).ok, 30_000);
  return {
    bare: { child: bare, port, backendPid },
    door: { child: await stack.startDoor(), port: Number(new URL(stack.doorUrl).port), backendPid },
  };
}

async function measureAll(servers: Record<Kind["server"], Server>): Promise<Results> {
  const measured = new Map<string, Round[]>(kinds.map((kind) => [kind.name, []]));
  for (let turn = 0; turn <= rounds; turn++) {
    for (const kind of kinds) {
      const result = await measureKind(kind, servers[kind.server], key, seconds);
      report(`${turn === 0 ? "warm-up" : `round ${turn}`}, ${kind.name}: ${JSON.stringify(result)}`);
      // The first round warms up: just-in-time compilation, prepared statements, the people themselves.
      if (turn > 0) measured.get(kind.name)?.push(result);
    }
  }
  return new Map([...measured].map(([name, all]) => [name, medians(all)]));
}

function show(results: Results, fairness: Record<keyof Neighbours, number>, stored: number) {
  const of = (kind: Kind, figure: keyof Round, digits = 0) => round(results.get(kind.name)?.[figure] ?? 0, digits);
  const shares = new Map<Kind, number>(
    pairs.map((pair) => [pair.door, shareOf(of(pair.door, "perSecond"), of(pair.bare, "perSecond"))]),
  );
  showTable(`Medians of ${rounds} rounds of ${seconds} s`, [
    ["", "events a second", "of bare HTTP", "us server", "us Postgres", "us client", "p50 ms", "p99 ms"],
    ...kinds.map((kind) => [
      kind.name,
      of(kind, "perSecond"),
      shares.get(kind) ?? "",
      of(kind, "serverUs"),
      kind.server === "bare" ? "" : of(kind, "postgresUs"),
      of(kind, "clientUs"),
      of(kind, "p50Ms", 1),
      of(kind, "p99Ms", 1),
    ]),
  ]);
  const share = Object.fromEntries(pairs.map(({ door }) => [`${door.client}${door.connections}`, shares.get(door)]));
  showRemark(
    `The bar is half of bare HTTP, and was set with an ordinary client: autocannon's rows show ${share.autocannon64} and ${share.autocannon256}. "Sockets" is a client of our own that costs a fraction of it; beside it the door reaches ${share.sockets64} and ${share.sockets256}, since what the client spares goes to the server that has nothing else to do.`,
  );
  showRemark(
    `A calm workspace that sends 200 events a second is answered within ${fairness.aloneP95Ms} ms (p95), and within ${fairness.besideP95Ms} ms while another floods the door from 64 connections.`,
  );
  const rate = Object.fromEntries(kinds.map((kind) => [kind.name, of(kind, "perSecond")]));
  const failures = kinds.reduce((sum, kind) => sum + of(kind, "failures"), 0);
  return { rounds, seconds, share, batchPerSecond: of(batches, "perSecond"), rate, fairness, failures, stored };
}

function shareOf(part: number, whole: number): number {
  return round(part / Math.max(1, whole), 2);
}

async function addWorkspace(stack: BenchStack, writeKey: string, eventsPerSecond: number | null): Promise<void> {
  const { db } = stack.database;
  const workspaceId = newId();
  await db.insert(workspace).values({ id: workspaceId, name: writeKey, slug: writeKey });
  const hash = fingerprint(writeKey);
  await db
    .insert(accessKey)
    .values({ id: newId(), workspaceId, kind: "write", name: "b", hash, last4: "-key", eventsPerSecond });
}
