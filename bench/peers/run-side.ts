import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { SampleWorld, sampleSecret } from "#server/engine/sample-world.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { type BenchStack, stopChild, until } from "../engine/bench-stack.ts";
import { publishRun } from "../engine/bench-world.ts";
import { postgresCpuUs, processCpuUs } from "../engine/cpu-time.ts";
import { seedEvents, seedPeople } from "../workload/seed.ts";
import type { Side } from "./sides.ts";

export type SideRound = { perSecond: number; cpuUs: number; clientUs: number; serverUs: number };

/** A side that does not get on must not hold up the rest: none may take longer than at ten runs a second. */
const longestMs = (runs: number) => 120_000 + runs * 100;

/** One round of one side in a workspace of its own: from the first tenth of the runs to the last one's end. */
export async function runSide(stack: BenchStack, { side, runs }: { side: Side; runs: number }): Promise<SideRound> {
  const world = new SampleWorld(stack.database);
  const identity = sandboxIdentity(sampleSecret);
  await world.build({ baseUrl: stack.sandboxUrl, messagesPerSecond: 20_000, identity });
  await publishRun(world);
  const { pool } = stack.database;
  await seedPeople(pool, world, runs);
  const isOurs = side.name === "Chasqui";
  if (isOurs) await seedEvents(pool, world, runs);
  await pool.query("checkpoint");
  const first = await stack.messagesAtSandbox();
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const child = stack.start(side.program, [world.workspaceId, String(runs), ...(side.given ?? [])]);
    const told = listenTo(child);
    const now = () => ({
      at: performance.now(),
      client: processCpuUs(child.pid ?? 0),
      server: postgresCpuUs(rows[0]?.pid ?? 0) + told.servers.reduce((sum, pid) => sum + processCpuUs(pid), 0),
    });
    const arrived = async () => {
      if (child.exitCode !== null) throw new Error(`${side.name} ended.`);
      return (await stack.messagesAtSandbox()) - first;
    };
    const left = async () => (await client.query("select 1 from outbox limit 1")).rowCount ?? 0;
    const isOver = async () => (isOurs ? (await arrived()) >= runs && (await left()) === 0 : told.isDone);
    await until(async () => (await arrived()) >= runs / 10, longestMs(runs), 10);
    const [begun, skipped] = [now(), await arrived()];
    await until(isOver, longestMs(runs), 20);
    const ended = now();
    await stopChild(child, "SIGTERM");
    const count = runs - skipped;
    const [clientUs, serverUs] = [(ended.client - begun.client) / count, (ended.server - begun.server) / count];
    return { perSecond: (count * 1000) / (ended.at - begun.at), cpuUs: clientUs + serverUs, clientUs, serverUs };
  } finally {
    client.release();
  }
}

function listenTo(child: ChildProcess): { servers: number[]; isDone: boolean } {
  const told = { servers: [] as number[], isDone: false };
  createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
    if (line.startsWith('{"servers"')) told.servers = (JSON.parse(line) as { servers: number[] }).servers;
    if (line.startsWith('{"done"')) told.isDone = true;
  });
  return told;
}
