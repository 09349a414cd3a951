import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { type BenchStack, stopChild, until } from "./bench-stack.ts";
import { postgresCpuUs, processCpuUs } from "./cpu-time.ts";
import type { Drained } from "./report-drain.ts";

/** CPU of one part of the way, in microseconds each, and how many in a second. */
export type PhaseFigures = { perSecond: number; clientUs: number; postgresUs: number; sandboxUs: number };

/** The tenth that comes first warms up and is not counted: just-in-time compilation is not the price of an operation. */
const warmUp = (events: number) => Math.floor(events / 10);

/** From the queue into the outbox: runs `program` (which ends with a line of figures) until the queue is empty. */
export async function drainQueue(
  stack: BenchStack,
  { program, events, batch, node }: { program: string; events: number; batch: number; node?: readonly string[] },
): Promise<PhaseFigures> {
  const drained = await figuresOf(stack.start(program, [String(batch), String(warmUp(events))], { node }));
  if (drained.entered !== events) throw new Error(`${drained.entered} enrollments of ${events} events by ${program}.`);
  return phaseOf(drained);
}

/** The same by several workers at once, on a database of its own. Postgres is counted once, by the one that was at it longest. */
export async function drainTogether(
  stack: BenchStack,
  { events, workers, databaseUrl }: { events: number; workers: number; databaseUrl: string },
): Promise<PhaseFigures> {
  const given = ["1000", String(warmUp(events / workers))];
  const env = { DATABASE_URL: databaseUrl };
  const start = () => figuresOf(stack.start("bench/engine/drain-signals.ts", given, { env }));
  const all = await Promise.all(Array.from({ length: workers }, start));
  const sum = (pick: (drained: Drained) => number) => all.reduce((total, drained) => total + pick(drained), 0);
  const entered = sum((drained) => drained.entered);
  if (entered !== events) throw new Error(`${entered} enrollments of ${events} events.`);
  return phaseOf({
    entered,
    measured: sum((drained) => drained.measured),
    clientUs: sum((drained) => drained.clientUs),
    seconds: Math.max(...all.map((drained) => drained.seconds)),
    postgresUs: Math.max(...all.map((drained) => drained.postgresUs)),
  });
}

async function figuresOf(child: ChildProcess): Promise<Drained> {
  const lines: string[] = [];
  createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => lines.push(line));
  await once(child, "close");
  const figures = lines.findLast((line) => line.startsWith('{"entered"'));
  if (!figures) throw new Error("A process that drains ended without figures.");
  return JSON.parse(figures) as Drained;
}

const phaseOf = ({ measured, seconds, clientUs, postgresUs }: Drained): PhaseFigures => ({
  perSecond: measured / seconds,
  clientUs: clientUs / measured,
  postgresUs: postgresUs / measured,
  sandboxUs: 0,
});

/**
 * What Postgres still has to do because of the rows of a side: dead ones are taken out, pages are written. Done right after each side,
 * so that neither pays for the other's. Answers its CPU in microseconds for each event.
 */
export async function cleanUp(stack: BenchStack, events: number): Promise<number> {
  const client = await stack.database.pool.connect();
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const backend = rows[0]?.pid ?? 0;
    const begun = postgresCpuUs(backend);
    await client.query("vacuum");
    await client.query("checkpoint");
    return (postgresCpuUs(backend) - begun) / events;
  } finally {
    client.release();
  }
}

/** From the outbox to the provider and back, measured from the first tenth to the last settlement. */
export async function emptyOutbox(
  stack: BenchStack,
  {
    program,
    events,
    sandbox,
    node,
  }: { program: string; events: number; sandbox: ChildProcess; node?: readonly string[] },
): Promise<PhaseFigures> {
  const first = await stack.messagesAtSandbox();
  const client = await stack.database.pool.connect();
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const backend = rows[0]?.pid ?? 0;
    const left = async () =>
      (await client.query<{ n: number }>("select count(*)::integer as n from outbox")).rows[0]?.n ?? 0;
    const worker = stack.start(program, [], { node });
    const now = () => ({
      at: performance.now(),
      client: processCpuUs(worker.pid ?? 0),
      postgres: postgresCpuUs(backend),
      sandbox: processCpuUs(sandbox.pid ?? 0),
    });
    const arrived = async () => {
      if (worker.exitCode !== null) throw new Error(`${program} ended.`);
      return (await stack.messagesAtSandbox()) - first;
    };
    await until(async () => (await arrived()) >= warmUp(events), 30_000, 10);
    const [begun, skipped] = [now(), await arrived()];
    // Asked of the sandbox: counting the outbox reads past all that was deleted, and would be counted as the price of a message.
    await until(async () => (await arrived()) >= events, 5_000 + events * 10, 20);
    await until(async () => (await left()) === 0, 60_000, 20);
    const ended = now();
    await stopChild(worker, "SIGTERM");
    const count = events - skipped;
    return {
      perSecond: (count * 1000) / (ended.at - begun.at),
      clientUs: (ended.client - begun.client) / count,
      postgresUs: (ended.postgres - begun.postgres) / count,
      sandboxUs: (ended.sandbox - begun.sandbox) / count,
    };
  } finally {
    client.release();
  }
}
