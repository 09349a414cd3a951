import type pg from "pg";
import { type Clock, clockChannel } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import type { Log } from "#server/log.ts";
import { WebhookCaller } from "./calls/call-webhooks.ts";
import { Dispatcher } from "./dispatch/dispatcher.ts";
import { reconcile } from "./dispatch/reconcile.ts";
import { forgetWorker, heartbeat } from "./heartbeat.ts";
import { listen } from "./listen.ts";
import { Loop, type NextStep } from "./loop.ts";
import { Outbound } from "./outbound.ts";
import { prune } from "./prune.ts";
import { signalChannel } from "./queue-signal.ts";
import { LaneRecorder } from "./samples/lane-recorder.ts";
import { sampleBacklog } from "./samples/sample-backlog.ts";
import { type Applied, SignalHost } from "./signals/signal-host.ts";
import { WebhookHost } from "./webhooks/webhook-host.ts";

export type WorkerOptions = {
  databaseUrl: string;
  pool: pg.Pool;
  /** `refresh` reads a demo clock's offset again. */
  clock: Clock & { refresh?: () => Promise<void> };
  log: Log;
  secret: string;
  publicUrl: string;
  batchSize?: number;
  /** Webhook steps may call this machine itself: only for demos. */
  allowsLoopback?: boolean;
};

export type Worker = { id: string; stop: () => Promise<void> };

/** Postgres channel on which the door announces a stored provider call. */
const webhookChannel = "chasqui_webhook";

const idle: NextStep = { withinMs: 250 };
const slow: NextStep = { withinMs: 1000 };
/** How long calls that are under way may take at the end; what is left then becomes unknown by its lease. */
const drainMs = 8_000;

/**
 * One worker: signals, timers, messages, webhooks and calls, each in a loop of its own. Any number of workers may run on one
 * database. `stop` claims nothing more, lets the calls under way end and settles them.
 */
export function startWorker({
  databaseUrl,
  pool,
  clock,
  log,
  secret,
  publicUrl,
  batchSize,
  allowsLoopback = false,
}: WorkerOptions): Worker {
  const id = newId();
  let workers = 1;
  const recorder = new LaneRecorder();
  const host = new SignalHost({ pool, clock, log, batchSize });
  const dispatcher = new Dispatcher({
    pool,
    clock,
    log,
    secret,
    publicUrl,
    workers: () => workers,
    onProgress: { settled: () => loops.settle.wake(), room: () => loops.dispatch.wake() },
    onSettled: recorder.record,
  });
  const webhooks = new WebhookHost({ pool, clock, log });
  const outbound = new Outbound({ allowsLoopback });
  const caller = new WebhookCaller({ pool, clock, outbound, onSignal: () => loops.signals.wake() });
  const follow = (applied: Applied): Applied => {
    if (applied.sends > 0) loops.dispatch.wake();
    if (applied.webhookCalls > 0) loops.calls.wake();
    return applied;
  };
  const loop = (name: string, step: () => Promise<NextStep>) => new Loop(name, log, step);
  const loops = {
    signals: loop("signals", async () => (follow(await host.applyQueued()).works > 0 ? "again" : idle)),
    timers: loop("timers", async () => {
      await clock.refresh?.();
      const due = follow(await host.applyDue());
      const released = follow(await host.applyReleased());
      return due.works + released.works > 0 ? "again" : idle;
    }),
    archived: loop("archived", async () => ((await host.stopArchived()).works > 0 ? "again" : slow)),
    dispatch: loop("dispatch", () => dispatcher.claim()),
    settle: loop("settle", () => dispatcher.settle()),
    webhooks: loop("webhooks", async () => {
      const { calls, signals } = await webhooks.apply();
      if (signals > 0) loops.signals.wake();
      return calls > 0 ? "again" : idle;
    }),
    calls: loop("calls", () => caller.step()),
    reconcile: loop("reconcile", async () => {
      const { unknown, resent, released } = await reconcile(pool);
      if (unknown + resent > 0) log.warn({ unknown, resent }, "outcomes of messages are unknown");
      if (resent + released > 0) loops.dispatch.wake();
      return slow;
    }),
    prune: loop("prune", async () => {
      await prune(pool);
      return { withinMs: 3_600_000 };
    }),
    samples: loop("samples", async () => {
      await recorder.flush(pool, id);
      await sampleBacklog(pool, clock.now());
      return { withinMs: 10_000 };
    }),
    heartbeat: loop("heartbeat", async () => {
      workers = await heartbeat(pool, id);
      return { withinMs: 2000 };
    }),
  };
  const wakes = {
    [signalChannel]: () => loops.signals.wake(),
    [webhookChannel]: () => loops.webhooks.wake(),
    [clockChannel]: () => loops.timers.wake(),
  };
  const listener = listen(databaseUrl, wakes, log);
  for (const each of Object.values(loops)) each.start();

  const stop = async () => {
    const { settle, ...claiming } = loops;
    await Promise.all([listener.stop(), ...Object.values(claiming).map((each) => each.stop())]);
    const until = performance.now() + drainMs;
    while (dispatcher.underWay > 0 && performance.now() < until) await new Promise((next) => setTimeout(next, 20));
    await settle.stop();
    await Promise.race([caller.drain(), new Promise((next) => setTimeout(next, 500))]);
    await outbound.close();
    await recorder.flush(pool, id).catch(() => undefined);
    await forgetWorker(pool, id).catch(() => undefined);
  };
  return { id, stop };
}
