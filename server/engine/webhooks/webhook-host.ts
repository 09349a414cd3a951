import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { ChannelEvent } from "#server/channels/channel-event.ts";
import { channelFor } from "#server/channels/index.ts";
import type { Clock } from "#server/clock.ts";
import type { Log } from "#server/log.ts";
import { isPassing } from "../is-passing.ts";
import { inTransaction, query } from "../query.ts";
import type { EngineTracer } from "../tracing/engine-tracer.ts";
import { applyEvents } from "./apply-events.ts";
import { MessagesInUse } from "./apply-inbound.ts";
import { isKind } from "./call-event.ts";
import { joinOrphans } from "./join-orphans.ts";
import { lockChannel } from "./lock-channel.ts";
import * as sql from "./webhook-statements.ts";

/** A provider's call that waits. `received_text` is its time: a Date would lose the microseconds. */
type RawCall = { id: string; received_text: string; body: Buffer };
type Read = { call: RawCall; events: ChannelEvent[]; error: string | null };
/** A channel with open calls; workspace and provider are null when the channel is gone. */
type OpenChannel = { channel_id: string; workspace_id: string | null; provider: string | null };

type HostOptions = {
  pool: pg.Pool;
  clock: Clock;
  log: Log;
  tracer?: EngineTracer | null;
  /** The shortest time from one batch to the next, so that calls gather: a batch of one costs as much as one of ten. */
  gatherMs?: number;
};

export type AppliedCalls = { calls: number; signals: number };

const mostCalls = 200;
/** About as long as a settlement takes. */
const inUseMs = 10;
const nothing: AppliedCalls = { calls: 0, signals: 0 };

/** Statuses may overtake our own settling by the length of a call; a stopped worker settles later still. */
const joins = [
  { everyMs: 1_000, seconds: 60 },
  { everyMs: 60_000, seconds: 7_200 },
];

/**
 * Reads the provider calls that the door has stored and applies what they say: the calls of one channel in their order, each batch
 * in one transaction, one worker at a time. Channels do not wait for each other.
 */
export class WebhookHost {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #tracer: EngineTracer | null;
  readonly #joinedAt = joins.map(() => Number.NEGATIVE_INFINITY);
  readonly #gatherMs: number;
  #appliedAt = Number.NEGATIVE_INFINITY;

  constructor({ pool, clock, log, tracer = null, gatherMs = 0 }: HostOptions) {
    this.#pool = pool;
    this.#clock = clock;
    this.#log = log;
    this.#tracer = tracer;
    this.#gatherMs = gatherMs;
  }

  /** Applies up to `limit` calls of each channel, and joins orphans whose message has turned up. */
  async apply(limit = mostCalls): Promise<AppliedCalls> {
    const sum = { calls: 0, signals: 0 };
    const early = this.#appliedAt + this.#gatherMs - performance.now();
    if (early > 0) await delay(early);
    for (const channel of await query<OpenChannel>(this.#pool, sql.openChannels, [])) {
      const { calls, signals } = await this.#applyChannel(channel, limit);
      sum.calls += calls;
      sum.signals += signals;
    }
    // Behind a backlog nobody has to gather anything.
    if (sum.calls > 0 && sum.calls < limit) this.#appliedAt = performance.now();
    sum.signals += await this.#join();
    return sum;
  }

  /** A batch that fails is tried in smaller ones; a call that fails alone is put aside with its bytes and the error. */
  async #applyChannel(channel: OpenChannel, limit: number): Promise<AppliedCalls> {
    let calls: RawCall[] = [];
    try {
      return await inTransaction(this.#pool, async (client) => {
        if (!(await lockChannel(client, channel.channel_id))) return nothing;
        calls = await query<RawCall>(client, sql.readCalls, [channel.channel_id, limit]);
        return calls.length === 0 ? nothing : await this.#applyCalls(client, channel, calls);
      });
    } catch (error) {
      if (error instanceof MessagesInUse) return delay(inUseMs).then(() => this.#applyChannel(channel, limit));
      if (isPassing(error)) throw error;
      const [first] = calls;
      if (calls.length !== 1 || !first) return this.#applyChannel(channel, Math.floor(calls.length / 4) || 1);
      return this.#putAside(first, String(error).slice(0, 500));
    }
  }

  async #applyCalls(client: pg.ClientBase, channel: OpenChannel, calls: RawCall[]): Promise<AppliedCalls> {
    const { channel_id: channelId, workspace_id: workspaceId, provider } = channel;
    if (workspaceId === null || provider === null) {
      await finish(client, calls, () => "The channel is gone.");
      return { calls: calls.length, signals: 0 };
    }
    const startMs = Date.now();
    const read = calls.map((call) => this.#read(call, provider));
    const errors = new Map(read.map(({ call, error }) => [call, error]));
    const facts = { events: read.flatMap(({ events }) => events), now: this.#clock.now(), log: this.#log };
    const signals = await applyEvents(client, { workspaceId, channelId }, facts);
    await finish(client, calls, (call) => errors.get(call) ?? null);
    this.#tracer?.statuses(facts.events.filter(isKind("status")), startMs);
    return { calls: calls.length, signals };
  }

  #read(call: RawCall, provider: string): Read {
    const { events, rejected } = channelFor(provider).parse(call.body);
    const [first] = rejected;
    if (first)
      this.#log.warn({ webhookId: call.id, rejected: rejected.length, path: first.path }, "webhook items rejected");
    return { call, events, error: first ? `${first.path}: ${first.reason}` : null };
  }

  /** A call that cannot be applied keeps its bytes and the error, and the next ones go on. */
  async #putAside(call: RawCall, error: string): Promise<AppliedCalls> {
    await query(this.#pool, sql.putAside, [call.id, call.received_text, error]);
    this.#log.error({ webhookId: call.id, error }, "webhook cannot be applied");
    return { calls: 1, signals: 0 };
  }

  async #join(): Promise<number> {
    let signals = 0;
    for (const [index, { everyMs, seconds }] of joins.entries()) {
      if (performance.now() - (this.#joinedAt[index] ?? 0) < everyMs) continue;
      this.#joinedAt[index] = performance.now();
      signals += await joinOrphans(this.#pool, { seconds, now: this.#clock.now(), log: this.#log });
    }
    return signals;
  }
}

async function finish(
  client: pg.ClientBase,
  calls: readonly RawCall[],
  errorOf: (call: RawCall) => string | null,
): Promise<void> {
  const ids = calls.map(({ id }) => id);
  const times = calls.map(({ received_text }) => received_text);
  await query(client, sql.finishCalls, [ids, times, calls.map(errorOf)]);
}
