import type pg from "pg";
import type { SendResult } from "#server/channels/channel.ts";
import type { Clock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import type { Log } from "#server/log.ts";
import { crashPoint } from "../crash-point.ts";
import type { Lease } from "../lease.ts";
import type { NextStep } from "../loop.ts";
import type { EngineTracer } from "../tracing/engine-tracer.ts";
import { ChannelBook } from "./channel-book.ts";
import { ChannelPaces, type Grant } from "./channel-paces.ts";
import { claimMessages, type ToSend } from "./claim-messages.ts";
import { type DueWorkspace, dueWorkspaces, urgentLanes } from "./claim-outbox.ts";
import { type Settled, settle } from "./settle.ts";
import { type SettledMessage, settledMessage } from "./settled-message.ts";
import { settlementOf } from "./settlement.ts";
import { Upkeep } from "./upkeep.ts";
import { CallStart, goodUntil } from "./verdict-age.ts";

export type DispatcherOptions = {
  pool: pg.Pool;
  clock: Clock;
  log: Log;
  secret: string;
  publicUrl: string;
  /** Called when a call is over and can be settled, and when there is room for more. */
  onProgress?: { settled: () => void; room: () => void };
  /** How many workers share each number's limit. */
  workers?: () => number;
  /** The worker's lease: no claim is committed and no call is begun without it. */
  lease?: Pick<Lease, "id" | "isHeld" | "fence">;
  tracer?: EngineTracer | null;
  /** Called once per written batch. */
  onSettled?: (rows: SettledMessage[]) => void;
};

/**
 * Claimed and not yet settled, at most: few enough that an urgent message never stands behind many, and that a crash leaves few
 * outcomes unknown.
 */
const mostUnderWay = 256;
const leastRoom = mostUnderWay / 2;
/** Outcomes that are written together while others are still under way: writing few costs nearly as much as writing many. */
const gathered = leastRoom;
const gatherMs = 20;
/** Beside them, for fraud and transaction alone: a slow provider's hands are never so full that these have to wait. */
const urgentRoom = 64;
/** While the others' room is full, how often one looks for urgent ones. */
const urgentLookMs = 50;
/** A call that takes longer has an unknown outcome. Shorter than the lease. */
const callTimeoutMs = 20_000;
const noChannelPace = 50;
const idle: NextStep = { withinMs: 250 };

/** `claim`: under which token; `mayBegin`: whether its verdict still holds; `signal`: when the outcome is unknown. */
type CallTerms = { claim: string; mayBegin: () => boolean; signal: AbortSignal };

/** Sends queued messages: claims and judges them in one transaction, calls the provider with none open, settles in batches. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #channels: ChannelBook;
  readonly #paces: ChannelPaces;
  readonly #upkeep: Upkeep;
  #settled: Settled[] = [];
  #calls = 0;
  #settling = 0;
  #urgentLookAt = 0;
  #gathering: NodeJS.Timeout | null = null;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#channels = new ChannelBook(options.secret);
    this.#paces = new ChannelPaces(options.pool);
    this.#upkeep = new Upkeep({ ...options, channels: this.#channels });
  }

  /** Messages claimed and not yet settled. */
  get underWay(): number {
    return this.#calls + this.#settled.length + this.#settling;
  }

  /** Claims what may leave now and starts its calls. Does not wait for them. */
  async claim(): Promise<NextStep> {
    await this.#upkeep.step();
    const room = mostUnderWay - this.underWay;
    // A claim of a few costs nearly as much as one of many; a settlement makes room and wakes this loop.
    if (room >= leastRoom) return this.#claimUpTo(room);
    const now = performance.now();
    if (this.underWay >= mostUnderWay + urgentRoom || now - this.#urgentLookAt < urgentLookMs)
      return { withinMs: urgentLookMs };
    this.#urgentLookAt = now;
    await this.#claimUpTo(mostUnderWay + urgentRoom - this.underWay, urgentLanes);
    return { withinMs: urgentLookMs };
  }

  async #claimUpTo(room: number, lanes?: readonly number[]): Promise<NextStep> {
    const { pool, clock, publicUrl, lease, tracer } = this.#options;
    const now = clock.now();
    const queued = await dueWorkspaces(pool, { now, most: room, lanes });
    const due = queued.filter((each) => each.due > 0);
    if (due.length === 0) return idle;
    const grants = await this.#takeTokens(due, Math.max(1, Math.floor(room / due.length)));
    const able = due
      .map((each) => ({ ...each, allowance: allowanceOf(each, grants) }))
      .filter(({ allowance }) => allowance > 0);
    const later = { withinMs: untilNextGrant(grants) };
    if (able.length === 0) return later;
    const claim = lease ? `${lease.id}/${newId()}` : newId();
    const options = { channels: this.#channels, publicUrl, now, claim, lanes, fence: lease?.fence };
    const startMs = Date.now();
    const judgedAt = performance.now();
    const { claimed, toSend } = await claimMessages(pool, able, options);
    tracer?.gated(
      toSend.map(({ candidate }) => candidate.messageId),
      startMs,
    );
    if (toSend.length > 0) crashPoint("after-claim");
    this.#startCalls(toSend, { claim, goodUntil: goodUntil(judgedAt, performance.now()) });
    await this.#paces.giveBack(unusedOf(grants, toSend));
    return claimed > 0 ? "again" : later;
  }

  /** Writes the outcomes that came in. */
  async settle(): Promise<NextStep> {
    const batch = this.#settled;
    if (batch.length === 0) return idle;
    this.#settled = [];
    this.#settling = batch.length;
    const startMs = Date.now();
    try {
      const { paused, released } = await settle(this.#options.pool, batch);
      crashPoint("after-commit");
      for (const { id, reason } of paused)
        this.#options.log.error({ channelId: id, reason }, "provider refuses the account: the number is paused");
      if (released > 0) this.#options.onProgress?.room();
    } catch (error) {
      // Kept for the next try: the database may be away for a while.
      this.#settled = [...batch, ...this.#settled];
      throw error;
    } finally {
      this.#settling = 0;
    }
    this.#options.onSettled?.(batch.flatMap(settledMessage));
    this.#options.tracer?.settled(
      batch.map(({ message }) => message),
      startMs,
    );
    this.#options.onProgress?.room();
    await this.#paces.giveBack(neverCalled(batch));
    return idle;
  }

  #takeTokens(due: readonly DueWorkspace[], share: number): Promise<Map<string, Grant>> {
    const workers = this.#options.workers?.() ?? 1;
    return this.#paces.take(
      due.flatMap(({ channelId, messagesPerSecond: perSecond, due: count }) =>
        channelId === null ? [] : [{ channelId, perSecond, workers, most: Math.min(share, count) }],
      ),
    );
  }

  /** All at once: a token is good for now, and what waited here would leave in a bunch with the next ones. */
  #startCalls(messages: readonly ToSend[], { claim, goodUntil }: { claim: string; goodUntil: number }): void {
    // After a pause longer than the lease somebody else may have resent what was claimed.
    const mayBegin = () => this.#options.lease?.isHeld !== false && performance.now() <= goodUntil;
    // They begin together, so one time-out does for all: a timer and a signal for each are dear.
    const signal = AbortSignal.timeout(callTimeoutMs);
    for (const message of messages) {
      this.#calls += 1;
      void this.#call(message, { claim, mayBegin, signal }).finally(() => {
        this.#calls -= 1;
        this.#announce();
      });
    }
  }

  /** Wakes who settles: at once when there is enough or nothing more to come, else within a moment. */
  #announce(): void {
    const tell = () => this.#options.onProgress?.settled();
    if (this.#calls === 0 || this.#settled.length >= gathered) tell();
    else
      this.#gathering ??= setTimeout(() => {
        this.#gathering = null;
        tell();
      }, gatherMs);
  }

  async #call(message: ToSend, { claim, mayBegin, signal }: CallTerms): Promise<void> {
    const { candidate, channel } = message;
    const startMs = Date.now();
    const start = new CallStart(mayBegin);
    const result = await callProvider(message, { start, signal });
    const { category } = message.prepared;
    const settled = { message: candidate, channelId: channel.id, claim, at: this.#options.clock.now(), category };
    if (start.isTooLate) {
      this.#settled.push({ ...settled, settlement: { kind: "returned" } });
      return;
    }
    this.#options.tracer?.called(candidate.messageId, startMs, result.outcome);
    crashPoint("after-response-before-commit");
    this.#paces.learn(channel.id, result);
    const settlement = settlementOf(result, { attempts: candidate.attempts + 1, now: settled.at.getTime() });
    this.#settled.push({ ...settled, settlement });
  }
}

/** A workspace without a number has messages to skip: they need no token. */
function allowanceOf({ channelId, due }: DueWorkspace, grants: ReadonlyMap<string, Grant>): number {
  if (channelId === null) return Math.min(due, noChannelPace);
  return grants.get(channelId)?.granted ?? 0;
}

const soonestMs = 5;
const latestMs = 250;

const untilNextGrant = (grants: ReadonlyMap<string, Grant>): number =>
  Math.max(soonestMs, Math.min(latestMs, ...[...grants.values()].map(({ againInMs }) => againInMs)));

function unusedOf(grants: ReadonlyMap<string, Grant>, sent: readonly ToSend[]): Map<string, number> {
  const unused = new Map([...grants].map(([channelId, { granted }]) => [channelId, granted]));
  for (const { channel } of sent) unused.set(channel.id, (unused.get(channel.id) ?? 0) - 1);
  return unused;
}

/** Tokens of messages whose call was not begun, by number. */
function neverCalled(batch: readonly Settled[]): Map<string, number> {
  const unused = new Map<string, number>();
  for (const { channelId, settlement } of batch)
    if (settlement.kind === "returned") unused.set(channelId, (unused.get(channelId) ?? 0) + 1);
  return unused;
}

/** A call that begins too late is answered as not sent, whatever the channel says. */
async function callProvider(
  { channel, candidate, to, prepared }: ToSend,
  { start, signal }: { start: CallStart; signal: AbortSignal },
): Promise<SendResult> {
  // The gate lets nothing pass on a channel that cannot be opened.
  if (!channel.connection) throw new Error(`Channel ${channel.id} is not open.`);
  const outgoing = { ref: candidate.messageId, to, message: prepared.outgoing, mayBegin: start.ask };
  try {
    return await channel.channel.send(channel.connection, outgoing, signal);
  } catch (error) {
    // The port promises never to throw; if it does, nobody knows how far the call came.
    return { outcome: "unknown", detail: String(error) };
  }
}
