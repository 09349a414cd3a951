import type { ChildProcess } from "node:child_process";
import { accessKey, event, workspace } from "#db/schema/index.ts";
import { freePort } from "#scripts/stack/free-port.ts";
import { newId } from "#server/id.ts";
import { fingerprint } from "#server/secret.ts";
import { measureNeighbours, type Neighbours } from "./door/fairness.ts";
import { keepBusy, type Load } from "./door/keep-busy.ts";
import { bodyOf, type Kind, kinds } from "./door/kinds.ts";
import { BenchStack, until } from "./engine/bench-stack.ts";
import { postgresCpuUs, processCpuUs } from "./engine/cpu-time.ts";
import { machine } from "./engine/machine.ts";
import { print, printTable } from "./engine/print.ts";

/**
 * How fast the event door stores, beside a bare node HTTP server that parses the same body and stores nothing: interleaved
 * rounds on the same machine, medians; then what a calm workspace notices of a noisy one. Every answer counted is a 200 after the commit; the stored rows are counted at the end.
 * `npm run bench:door -- [--rounds 5] [--seconds 3]`
 */
const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const rounds = option("rounds", 5);
const seconds = option("seconds", 3);
const key = "bench-key";
/** Two workspaces with the door's own pace. */
const neighbours = { calm: "calm-key", noisy: "noisy-key" };

/** Rates and microseconds of CPU by event. */
type Round = Load & { perSecond: number; serverUs: number; postgresUs: number; clientUs: number };

const stack = await BenchStack.open();
const client = await stack.database.pool.connect();
try {
  // For the loads the bench is alone: its pace is the machine's.
  await addWorkspace(key, 10_000_000);
  for (const own of Object.values(neighbours)) await addWorkspace(own, null);
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const backendPid = rows[0]?.pid ?? 0;
  const servers: Record<Kind["server"], Server> = {
    bare: { ...(await startBare()), backendPid },
    door: { child: await stack.startDoor(), port: Number(new URL(stack.doorUrl).port), backendPid },
  };
  const results = new Map<string, Round[]>(kinds.map((kind) => [kind.name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const kind of kinds) {
      const result = await measure(kind, servers[kind.server]);
      // The first round warms up: just-in-time compilation, prepared statements, the people themselves.
      if (round > 0) results.get(kind.name)?.push(result);
    }
  }
  const fairness: Neighbours[] = [];
  for (let round = 0; round < rounds; round++)
    fairness.push(await measureNeighbours(servers.door.port, neighbours, seconds));
  report(results, fairness, await stack.database.db.$count(event));
} finally {
  client.release();
  await stack.close();
}

type Server = { child: ChildProcess; port: number; backendPid: number };

async function measure(kind: Kind, { child, port, backendPid }: Server): Promise<Round> {
  const before = [processCpuUs(child.pid ?? 0), postgresCpuUs(backendPid), clientCpuUs()] as const;
  const { path, connections } = kind;
  const load = await keepBusy({ port, path, key, body: () => bodyOf(kind), connections, seconds });
  const events = Math.max(1, load.answers * kind.events);
  return {
    ...load,
    perSecond: events / load.seconds,
    serverUs: (processCpuUs(child.pid ?? 0) - before[0]) / events,
    postgresUs: (postgresCpuUs(backendPid) - before[1]) / events,
    clientUs: (clientCpuUs() - before[2]) / events,
  };
}

function report(results: Map<string, Round[]>, fairness: Neighbours[], stored: number): void {
  const of = (name: string, figure: keyof Round, digits = 0): number =>
    Number(median(results.get(name)?.map((round) => round[figure]) ?? []).toFixed(digits));
  printTable([
    ["", "events/s", "server us", "Postgres us", "client us", "p50 ms", "p99 ms"],
    ...kinds.map(({ name }) => [
      name,
      of(name, "perSecond"),
      of(name, "serverUs", 1),
      of(name, "postgresUs", 1),
      of(name, "clientUs", 1),
      of(name, "p50Ms", 1),
      of(name, "p99Ms", 1),
    ]),
  ]);
  const rate = Object.fromEntries(kinds.map(({ name }) => [name, of(name, "perSecond")]));
  const failures = [...results.values()].flat().reduce((sum, round) => sum + round.failures, 0);
  const figures = {
    share64: shareOf(rate["one event, 64 senders"], rate["bare HTTP, 64 senders"]),
    share256: shareOf(rate["one event, 256 senders"], rate["bare HTTP, 256 senders"]),
    batchPerSecond: rate["batch of 100, 16 senders"],
    neighbourP95Alone: median(fairness.map((each) => each.aloneP95Ms)),
    neighbourP95Beside: median(fairness.map((each) => each.besideP95Ms)),
    noisyTaken: median(fairness.map((each) => each.noisyTaken)),
    noisyRefused: median(fairness.map((each) => each.noisyRefused)),
  };
  print(JSON.stringify({ bench: "door", rounds, seconds, rate, ...figures, failures, stored, ...machine() }));
}

function shareOf(part = 0, whole = 0): number {
  return Number((part / Math.max(1, whole)).toFixed(2));
}

function clientCpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

async function startBare(): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = stack.start("bench/door/bare-server.ts", [String(port)]);
  await until(async () => (await fetch(`http://127.0.0.1:${port}`)).ok, 30_000);
  return { child, port };
}

async function addWorkspace(writeKey: string, eventsPerSecond: number | null): Promise<void> {
  const { db } = stack.database;
  const workspaceId = newId();
  await db.insert(workspace).values({ id: workspaceId, name: writeKey, slug: writeKey });
  const hash = fingerprint(writeKey);
  await db
    .insert(accessKey)
    .values({ id: newId(), workspaceId, kind: "write", name: "b", hash, last4: "-key", eventsPerSecond });
}
