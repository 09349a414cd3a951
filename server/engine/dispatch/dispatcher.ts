import type pg from "pg";
import type { SendResult } from "#server/channels/channel.ts";
import type { Clock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import type { Log } from "#server/log.ts";
import { crashPoint } from "../crash-point.ts";
import type { Lease } from "../lease.ts";
import type { NextStep } from "../loop.ts";
import { ChannelBook } from "./channel-book.ts";
import { claimMessages, type ToSend } from "./claim-messages.ts";
import { type DueWorkspace, dueWorkspaces } from "./claim-outbox.ts";
import { NumberPace } from "./number-pace.ts";
import { type Settled, settle } from "./settle.ts";
import { settlementOf } from "./settlement.ts";

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
  /** Called once per written batch. */
  onSettled?: (rows: SettledMessage[]) => void;
};

/** A message whose sending is over: sent, failed or unknown. A retry is not over yet. */
export type SettledMessage = {
  workspaceId: string;
  lane: number;
  /** From when it was asked for, or from when it was allowed to leave, to the provider's answer. */
  waitedMs: number;
  isSent: boolean;
};

/**
 * Claimed and not yet settled, at most: few enough that an urgent message never stands behind many, and that a crash leaves few
 * outcomes unknown.
 */
const mostUnderWay = 128;
const leastRoom = mostUnderWay / 2;
const mostCalls = 64;
/** A call that takes longer has an unknown outcome. Shorter than the lease. */
const callTimeoutMs = 20_000;
const noChannelPace = 50;
const idle: NextStep = { withinMs: 250 };

/** Sends queued messages: claims and judges them in one transaction, calls the provider with none open, settles in batches. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #channels: ChannelBook;
  readonly #paces = new Map<string, NumberPace>();
  readonly #waiting: { message: ToSend; claim: string }[] = [];
  #settled: Settled[] = [];
  #calls = 0;
  #settling = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#channels = new ChannelBook(options.secret);
  }

  /** Messages claimed and not yet settled. */
  get underWay(): number {
    return this.#waiting.length + this.#calls + this.#settled.length + this.#settling;
  }

  /** Claims what may leave now and starts its calls. Does not wait for them. */
  async claim(): Promise<NextStep> {
    const room = mostUnderWay - this.underWay;
    // A claim of a few costs nearly as much as one of many; a settlement makes room and wakes this loop.
    if (room < leastRoom) return idle;
    const { pool, clock, publicUrl } = this.#options;
    const due = this.#allowances(await dueWorkspaces(pool), room);
    if (due.every(({ allowance }) => allowance === 0)) return due.length === 0 ? idle : { withinMs: 20 };
    const { lease } = this.#options;
    const claim = lease ? `${lease.id}/${newId()}` : newId();
    const options = { channels: this.#channels, publicUrl, now: clock.now(), claim, fence: lease?.fence };
    const able = due.filter(({ allowance }) => allowance > 0);
    const { claimed, toSend } = await claimMessages(pool, able, options);
    if (toSend.length > 0) crashPoint("after-claim");
    for (const message of toSend) {
      this.#paceOf(message.channel.id)?.take(1);
      this.#waiting.push({ message, claim });
    }
    this.#startCalls();
    if (claimed > 0) return "again";
    return able.length < due.length ? { withinMs: 20 } : idle;
  }

  /** Writes the outcomes that came in. */
  async settle(): Promise<NextStep> {
    const batch = this.#settled;
    if (batch.length === 0) return idle;
    this.#settled = [];
    this.#settling = batch.length;
    try {
      await settle(this.#options.pool, batch);
      crashPoint("after-commit");
    } catch (error) {
      // Kept for the next try: the database may be away for a while.
      this.#settled = [...batch, ...this.#settled];
      throw error;
    } finally {
      this.#settling = 0;
    }
    this.#options.onSettled?.(batch.flatMap(settledMessage));
    this.#options.onProgress?.room();
    return "again";
  }

  #allowances(due: DueWorkspace[], room: number): (DueWorkspace & { allowance: number })[] {
    const share = Math.max(1, Math.floor(room / Math.max(1, due.length)));
    return due.map((each) => ({ ...each, allowance: Math.min(share, this.#allowanceOf(each)) }));
  }

  #allowanceOf({ channelId, messagesPerSecond }: DueWorkspace): number {
    if (channelId === null) return noChannelPace;
    const perSecond = messagesPerSecond / Math.max(1, this.#options.workers?.() ?? 1);
    const pace = this.#paces.get(channelId) ?? new NumberPace(perSecond, performance.now());
    this.#paces.set(channelId, pace);
    pace.set(perSecond);
    return pace.allowance(performance.now());
  }

  #paceOf(channelId: string): NumberPace | undefined {
    return this.#paces.get(channelId);
  }

  /** Hands back what is claimed and not called yet: nobody knows it better than we, so it need not become unknown. */
  giveBack(): void {
    const at = this.#options.clock.now();
    for (const { message, claim } of this.#waiting.splice(0)) {
      const settlement = { kind: "returned" } as const;
      this.#settled.push({ message: message.candidate, channelId: message.channel.id, claim, at, settlement });
    }
    this.#options.onProgress?.settled();
  }

  #startCalls(): void {
    // After a pause longer than the lease somebody else may have resent what waits here.
    if (this.#waiting.length > 0 && this.#options.lease?.isHeld === false) {
      this.giveBack();
      return;
    }
    while (this.#calls < mostCalls) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#calls += 1;
      void this.#call(next.message, next.claim).finally(() => {
        this.#calls -= 1;
        this.#startCalls();
        this.#options.onProgress?.settled();
      });
    }
  }

  async #call(message: ToSend, claim: string): Promise<void> {
    const { candidate, channel } = message;
    const result = await callProvider(message);
    crashPoint("after-response-before-commit");
    this.#learn(channel.id, result);
    const at = this.#options.clock.now();
    const settlement = settlementOf(result, { attempts: candidate.attempts + 1, now: at.getTime() });
    if (result.outcome === "refused" && result.class === "account") {
      const { code, detail } = result;
      this.#options.log.error({ channelId: channel.id, code, detail }, "provider refuses the account");
    }
    this.#settled.push({ message: candidate, channelId: channel.id, claim, at, settlement });
  }

  /** A number that the provider slows down, or that cannot be reached, rests; one person's trouble does not count. */
  #learn(channelId: string, result: SendResult): void {
    const pace = this.#paceOf(channelId);
    const now = performance.now();
    if (result.outcome === "accepted") pace?.succeeded();
    else if (result.outcome === "unknown" || result.class === "transient" || result.class === "account")
      pace?.failed(now);
    else if (result.class === "throttle" && result.retryAfterMs !== null) pace?.pause(result.retryAfterMs, now);
  }
}

function settledMessage({ message, at, settlement }: Settled): SettledMessage[] {
  if (settlement.kind === "retry" || settlement.kind === "returned") return [];
  const { workspaceId, lane, createdAt, notBefore, attempts } = message;
  // What waited for its hours did not wait for us; a retry did, and its own time says only when it was due again.
  const askedAt = attempts === 0 ? Math.max(createdAt.getTime(), notBefore.getTime()) : createdAt.getTime();
  return [{ workspaceId, lane, waitedMs: Math.max(0, at.getTime() - askedAt), isSent: settlement.kind === "sent" }];
}

async function callProvider({ channel, candidate, to, prepared }: ToSend): Promise<SendResult> {
  // The gate lets nothing pass on a channel that cannot be opened.
  if (!channel.connection) throw new Error(`Channel ${channel.id} is not open.`);
  const outgoing = { ref: candidate.messageId, to, message: prepared.outgoing };
  try {
    return await channel.channel.send(channel.connection, outgoing, AbortSignal.timeout(callTimeoutMs));
  } catch (error) {
    // The port promises never to throw; if it does, nobody knows how far the call came.
    return { outcome: "unknown", detail: String(error) };
  }
}
