import type pg from "pg";
import { databaseOn } from "#db/client.ts";
import { type Clock, clockChannel } from "#server/clock.ts";
import { readDue } from "#server/experiments/read-due.ts";
import { flowsChannel } from "#server/flows/announce-flow.ts";
import { publishDue } from "#server/flows/publish-due.ts";
import type { Log } from "#server/log.ts";
import { BroadcastOpener } from "./audiences/open-broadcasts.ts";
import { OpenedFlows } from "./audiences/opened-flows.ts";
import { runBroadcasts } from "./audiences/run-broadcasts.ts";
import { watchSegments } from "./audiences/watch-segments.ts";
import type { WebhookCaller } from "./calls/call-webhooks.ts";
import type { Dispatcher } from "./dispatch/dispatcher.ts";
import { heedTemplates } from "./dispatch/heed-templates.ts";
import { reconcile } from "./dispatch/reconcile.ts";
import { takeRows } from "./imports/take-rows.ts";
import type { Lease, WorkerFigures } from "./lease.ts";
import { Loop, type NextStep } from "./loop.ts";
import type { MailHost } from "./mail/mail-host.ts";
import { closeMoves } from "./moves/close-moves.ts";
import { prune } from "./prune.ts";
import { signalChannel } from "./queue-signal.ts";
import { sendReports } from "./reports/send-reports.ts";
import { creditMessages } from "./rollup/credit-messages.ts";
import { foldCounts } from "./rollup/fold-counts.ts";
import { foldTallies } from "./rollup/fold-tallies.ts";
import { recountDue } from "./rollup/rebuild-counts.ts";
import type { LaneRecorder } from "./samples/lane-recorder.ts";
import { sampleBacklog } from "./samples/sample-backlog.ts";
import type { Applied, SignalHost } from "./signals/signal-host.ts";
import type { KeepDays } from "./storage/keep-days.ts";
import { storageLoop } from "./storage/storage-loop.ts";
import type { TurnGiver } from "./turns/turn-giver.ts";
import type { WebhookHost } from "./webhooks/webhook-host.ts";

/** What one worker is made of. `clock.refresh` reads the database's time, and a demo clock's offset, again. */
export type WorkerParts = {
  pool: pg.Pool;
  clock: Clock & { refresh?: () => Promise<void> };
  log: Log;
  lease: Lease;
  host: SignalHost;
  dispatcher: Dispatcher;
  webhooks: WebhookHost;
  turns: TurnGiver;
  caller: WebhookCaller;
  mails: MailHost;
  recorder: LaneRecorder;
  keep: KeepDays;
  figures: () => WorkerFigures;
  /** Hears what each batch of signals, timers or kept signals did. */
  onApplied: (applied: Applied) => void;
};

export type WorkerLoops = ReturnType<typeof workerLoops>;

/** Postgres channel on which the door announces a stored provider call. */
const webhookChannel = "chasqui_webhook";

const idle: NextStep = { withinMs: 250 };
const slow: NextStep = { withinMs: 1000 };
const beatEvery: NextStep = { withinMs: 2000 };

/** The loops of one worker, each for itself, so that a slow provider cannot stall the signals. None is started yet. */
export function workerLoops(parts: WorkerParts) {
  const { pool, clock, log, lease, host, dispatcher, webhooks, caller } = parts;
  const db = databaseOn(pool);
  const loop = (name: string, step: () => Promise<NextStep>) => new Loop(name, log, step);
  const follow = (applied: Applied): Applied => {
    parts.onApplied(applied);
    if (applied.sends > 0) loops.dispatch.wake();
    if (applied.webhookCalls > 0) loops.calls.wake();
    if (applied.turns > 0) loops.turns.wake();
    return applied;
  };
  const loops = {
    signals: loop("signals", async () => (follow(await host.applyQueued()).works > 0 ? "again" : idle)),
    timers: loop("timers", async () => {
      await clock.refresh?.();
      const due = follow(await host.applyDue());
      const released = follow(await host.applyReleased());
      return due.works + released.works > 0 ? "again" : idle;
    }),
    archived: loop("archived", async () => (follow(await host.stopArchived()).works > 0 ? "again" : slow)),
    moves: loop("moves", async () => {
      if (follow(await host.applyMoves()).works > 0) return "again";
      await closeMoves(db, clock);
      return slow;
    }),
    publishes: loop("publishes", async () => {
      const due = await publishDue(db, clock);
      if (due > 0) loops.moves.wake();
      return slow;
    }),
    tallies: loop("tallies", async () => ((await foldTallies(pool)) > 0 ? { withinMs: 2000 } : slow)),
    counts: loop("counts", async () => {
      if (await recountDue(pool)) return "again";
      return (await foldCounts(pool)) > 0 ? { withinMs: 2000 } : slow;
    }),
    reports: loop("reports", async () => {
      await sendReports(pool, clock.now());
      return { withinMs: 60_000 };
    }),
    credits: loop("credits", async () => ((await creditMessages(pool)) > 0 ? "again" : slow)),
    dispatch: loop("dispatch", () => dispatcher.claim()),
    settle: loop("settle", () => dispatcher.settle()),
    webhooks: loop("webhooks", async () => {
      const { calls, signals } = await webhooks.apply();
      if (signals > 0) loops.signals.wake();
      return calls > 0 ? "again" : idle;
    }),
    templates: loop("templates", async () => {
      const { held, dropped, released } = await heedTemplates(pool, clock.now());
      if (dropped > 0) loops.signals.wake();
      if (released > 0) loops.dispatch.wake();
      return held + dropped + released > 0 ? "again" : idle;
    }),
    turns: loop("turns", async () => {
      const { told, hasMore } = await parts.turns.give();
      if (told > 0) loops.signals.wake();
      return hasMore ? "again" : slow;
    }),
    calls: loop("calls", () => caller.step()),
    mails: loop("mails", () => parts.mails.step()),
    reconcile: loop("reconcile", async () => {
      const { unknown, resent, released } = await reconcile(pool);
      if (unknown + resent > 0) log.warn({ unknown, resent }, "outcomes of messages are unknown");
      if (resent + released > 0) loops.dispatch.wake();
      return slow;
    }),
    experiments: loop("experiments", async () =>
      (await readDue(db, { clock, log })) ? "again" : { withinMs: 20_000 },
    ),
    ...audiences(parts, loop, () => loops.signals.wake()),
    ...upkeep(parts, loop),
    heartbeat: loop("heartbeat", async () => {
      await lease.beat(parts.figures());
      return beatEvery;
    }),
  };
  return loops;
}

/** What makes the events that no other system sends: people who come into a segment or leave it, and times that come due. */
const audiences = ({ pool, clock }: WorkerParts, loop: MakeLoop, onSignal: () => void) => {
  const flows = new OpenedFlows();
  const opener = new BroadcastOpener(pool, flows);
  return {
    segments: loop("segments", async () => {
      const { told, hasMore } = await watchSegments(pool, clock.now(), flows);
      if (told > 0) onSignal();
      return hasMore ? "again" : slow;
    }),
    imports: loop("imports", async () => ((await takeRows(pool, clock.now())) > 0 ? "again" : slow)),
    schedules: loop("schedules", async () => ((await opener.open(clock.now())) > 0 ? "again" : slow)),
    broadcasts: loop("broadcasts", async () => {
      const { entered, hasMore } = await runBroadcasts(pool, clock.now());
      if (entered > 0) onSignal();
      return entered > 0 && hasMore ? "again" : idle;
    }),
  };
};

const upkeep = ({ pool, clock, log, lease, recorder, keep }: WorkerParts, loop: MakeLoop) => ({
  storage: storageLoop({ pool, clock, log, keep }, loop),
  prune: loop("prune", async () => {
    await prune(pool);
    return { withinMs: 3_600_000 };
  }),
  samples: loop("samples", async () => {
    await recorder.flush(pool, lease.id);
    await sampleBacklog(pool, clock.now());
    return { withinMs: 10_000 };
  }),
});

type MakeLoop = (name: string, step: () => Promise<NextStep>) => Loop;

/** Which notification of Postgres wakes which loop. A moved clock is read first: whoever looks before it would find nothing due. */
export const wakesOf = (loops: WorkerLoops, clock: WorkerParts["clock"]): Record<string, () => void> => ({
  [signalChannel]: () => loops.signals.wake(),
  // Somebody waits for each of these acts to take hold: a move, an archive, a release.
  [flowsChannel]: () => {
    for (const loop of [loops.moves, loops.archived, loops.timers, loops.turns]) loop.wake();
  },
  [webhookChannel]: () => loops.webhooks.wake(),
  [clockChannel]: () =>
    void (clock.refresh?.() ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        for (const loop of [loops.timers, loops.dispatch, loops.schedules, loops.storage]) loop.wake();
      }),
});
