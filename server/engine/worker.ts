import type pg from "pg";
import type { Clock } from "#server/clock.ts";
import type { Smtp } from "#server/env.ts";
import { newId } from "#server/id.ts";
import type { Log } from "#server/log.ts";
import type { Tracing } from "#server/observe/tracing.ts";
import { WebhookCaller } from "./calls/call-webhooks.ts";
import { Dispatcher } from "./dispatch/dispatcher.ts";
import { Lease, type WorkerFigures } from "./lease.ts";
import { listen } from "./listen.ts";
import { MailHost } from "./mail/mail-host.ts";
import { Mailer } from "./mail/mailer.ts";
import { Outbound } from "./outbound.ts";
import { LaneRecorder } from "./samples/lane-recorder.ts";
import { SignalHost } from "./signals/signal-host.ts";
import { type KeepDays, readKeepDays } from "./storage/keep-days.ts";
import { EngineTracer } from "./tracing/engine-tracer.ts";
import { TurnGiver } from "./turns/turn-giver.ts";
import { WebhookHost } from "./webhooks/webhook-host.ts";
import { type WorkerLoops, wakesOf, workerLoops } from "./worker-loops.ts";

export type WorkerOptions = {
  /** The connections of both pools carry it in their name (`connectionName`), so that they can be ended when the worker is lost. */
  id?: string;
  databaseUrl: string;
  pool: pg.Pool;
  /** Of `dispatchUrl`: messages are claimed and settled by it. */
  dispatchPool: pg.Pool;
  /** `refresh` reads the database's time, and a demo clock's offset, again. */
  clock: Clock & { refresh?: () => Promise<void> };
  log: Log;
  secret: string;
  publicUrl: string;
  batchSize?: number;
  /** How many days what is kept; unset: as in docs/operating.md. */
  keep?: KeepDays;
  /** Webhook steps may call this machine itself: only for demos. */
  allowsLoopback?: boolean;
  /** The way out for e-mails; null or none: they are switched off. */
  smtp?: Smtp | null;
  /** Where spans go; null or none: nowhere. */
  tracing?: Tracing | null;
};

export type Worker = { id: string; stop: () => Promise<void> };

/**
 * How long calls that are under way may take at the end, within the 20 s that a stop may take. A message whose call is not over by
 * then becomes unknown by its lease; a webhook step's call is made again.
 */
const drainMs = 15_000;
const mailMs = 5_000;

/**
 * One worker: signals, timers, messages, webhooks and calls, each in a loop of its own, under one lease. Any number of workers may
 * run on one database. `stop` claims nothing more, lets the calls under way end and settles them, within 20 s.
 */
export function startWorker(options: WorkerOptions): Worker {
  const { id = newId(), databaseUrl, pool, log } = options;
  const tally = { signalsApplied: 0, enrollmentsOpened: 0, messagesSettled: 0 };
  const lease = new Lease({ id, pool, log, onLost: () => loops.heartbeat.wake() });
  const parts = makeParts(options, lease, {
    wake: (name) => loops[name].wake(),
    onSettled: (count) => {
      tally.messagesSettled += count;
    },
  });
  const figures = (): WorkerFigures => ({ ...tally, claimed: parts.host.underWay + parts.dispatcher.underWay });
  const loops = workerLoops({
    ...parts,
    figures,
    onApplied: ({ works, entered }) => {
      tally.signalsApplied += works;
      tally.enrollmentsOpened += entered;
    },
  });
  const listener = listen(databaseUrl, wakesOf(loops, parts.clock), log);
  loops.heartbeat.start();
  void lease.taken.then(() => startWorking(loops));
  const stop = async () => {
    await drain(loops, parts, listener.stop());
    await parts.recorder.flush(pool, id).catch(() => undefined);
    await lease.release().catch(() => undefined);
  };
  return { id, stop };
}

/** So that loops of one period do not look for work at one time for ever, each on a connection of its own with plans of its own. */
const betweenStartsMs = 15;

/** Everything but the heartbeat, which is what took the lease. */
function startWorking({ heartbeat: _, ...working }: WorkerLoops): void {
  for (const [place, each] of Object.values(working).entries()) each.start(place * betweenStartsMs);
}

type Parts = ReturnType<typeof makeParts>;
type Events = { wake: (name: "signals" | "dispatch" | "settle") => void; onSettled: (count: number) => void };

function makeParts(
  { pool, dispatchPool, clock, log, ...options }: WorkerOptions,
  lease: Lease,
  { wake, onSettled }: Events,
) {
  const { secret, publicUrl, batchSize, allowsLoopback = false, tracing, keep = readKeepDays({}), smtp } = options;
  const tracer = tracing ? new EngineTracer({ pool, log, tracing, workerId: lease.id }) : null;
  const recorder = new LaneRecorder();
  const outbound = new Outbound({ allowsLoopback });
  const mailer = smtp ? new Mailer(smtp) : null;
  const dispatcher = new Dispatcher({
    pool: dispatchPool,
    clock,
    log,
    lease,
    secret,
    publicUrl,
    tracer,
    workers: () => lease.workers,
    onProgress: { settled: () => wake("settle"), room: () => wake("dispatch") },
    onSettled: (rows) => {
      recorder.record(rows);
      onSettled(rows.length);
    },
  });
  return {
    pool,
    clock,
    log,
    lease,
    keep,
    recorder,
    outbound,
    mailer,
    mails: new MailHost({ pool, log, mailer, publicUrl }),
    dispatcher,
    host: new SignalHost({ pool, clock, log, batchSize, fence: lease.fence, tracer }),
    turns: new TurnGiver({ pool, clock, log, fence: lease.fence }),
    webhooks: new WebhookHost({ pool, clock, log, tracer, gatherMs: 15 }),
    caller: new WebhookCaller({ pool, clock, outbound, fence: lease.fence, onSignal: () => wake("signals") }),
  };
}

/** The lease is renewed until the very end: what is still settled here is this worker's own. */
async function drain(loops: WorkerLoops, parts: Parts, listenerEnds: Promise<void>): Promise<void> {
  const { lease, dispatcher, caller, outbound, mailer } = parts;
  const { settle, heartbeat, mails, ...claiming } = loops;
  lease.stopping();
  heartbeat.wake();
  const until = performance.now() + drainMs;
  await Promise.all([listenerEnds, ...Object.values(claiming).map((each) => each.stop())]);
  // A mail that a slow server has not taken by then goes again when its claim is over.
  const mailsEnd = Promise.race([mails.stop(), pause(mailMs)]);
  const callsEnd = Promise.race([caller.drain(), pause(until - performance.now())]);
  while (dispatcher.underWay > 0 && performance.now() < until) await pause(20);
  await Promise.all([callsEnd, mailsEnd]);
  mailer?.close();
  await settle.stop();
  await heartbeat.stop();
  await outbound.close();
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((next) => void setTimeout(next, Math.max(0, milliseconds)).unref());
