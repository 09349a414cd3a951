import type pg from "pg";
import type { SendResult } from "#server/channels/channel.ts";
import { query } from "../query.ts";
import { addPaces, burstShare, giveBackTokens, takeTokens, teachPaces } from "./pace-statements.ts";

/** What one worker wants of one number. `perSecond` is the number's whole limit, `workers` how many share it. */
export type TokenRequest = { channelId: string; perSecond: number; workers: number; most: number };

/** `againInMs`: when it is worth asking again: the end of a rest, or half a bucket later. */
export type Grant = { granted: number; againInMs: number };

type Lesson = { channel_id: string; succeeded: boolean; failed: number; told_ms: number; is_slowed: boolean };

/** How long a number rests when the provider says "slower" without saying until when. */
const slowedRestMs = 1000;
/** Times are kept to the millisecond: rounding must not make a rest shorter. */
const roundingMs = 1;

/**
 * How fast numbers may send, shared by all workers through the database and by its clock: a token bucket, the rest that a provider
 * asked for, and a breaker. What a worker's own calls have taught is written before it takes again.
 */
export class ChannelPaces {
  readonly #pool: pg.Pool;
  /** Failures in a row by number, as this worker knows them: a success of a healthy number needs no write. */
  readonly #failures = new Map<string, number>();
  #lessons = new Map<string, Lesson & { at: number }>();
  #teaching: Promise<void> | null = null;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Takes up to `most` tokens of each number. A number nobody has used yet is granted nothing the first time. */
  async take(requests: readonly TokenRequest[]): Promise<Map<string, Grant>> {
    await this.taught();
    if (requests.length === 0) return new Map();
    type Row = { channel_id: string; granted: number; failures: number; again_in_ms: number };
    const rows = await query<Row>(this.#pool, takeTokens, [
      requests.map(({ channelId }) => channelId),
      requests.map(({ perSecond }) => perSecond),
      requests.map(mostOf),
    ]);
    for (const row of rows) this.#failures.set(row.channel_id, row.failures);
    const grants = new Map(rows.map((row) => [row.channel_id, { granted: row.granted, againInMs: row.again_in_ms }]));
    const missing = requests.map(({ channelId }) => channelId).filter((channelId) => !grants.has(channelId));
    if (missing.length > 0) await query(this.#pool, addPaces, [missing]);
    for (const channelId of missing) grants.set(channelId, { granted: 0, againInMs: 10 });
    return grants;
  }

  /** Returns what was taken and will not be used. */
  async giveBack(unused: ReadonlyMap<string, number>): Promise<void> {
    const some = [...unused].filter(([, count]) => count > 0);
    if (some.length === 0) return;
    await query(this.#pool, giveBackTokens, [some.map(([channelId]) => channelId), some.map(([, count]) => count)]);
  }

  /** What the answer of a call says about its number. One person's trouble, or one pair's rate, says nothing about it. */
  learn(channelId: string, result: SendResult): void {
    const lesson = lessonOf(result);
    if (!lesson || (lesson.succeeded && (this.#failures.get(channelId) ?? 0) === 0)) return;
    this.#failures.set(channelId, lesson.succeeded ? 0 : (this.#failures.get(channelId) ?? 0) + lesson.failed);
    const known = this.#lessons.get(channelId);
    const at = performance.now();
    this.#lessons.set(channelId, {
      channel_id: channelId,
      at,
      succeeded: lesson.succeeded || known?.succeeded === true,
      failed: lesson.succeeded ? 0 : (known?.failed ?? 0) + lesson.failed,
      told_ms: Math.max(lesson.told_ms, known ? known.told_ms - (at - known.at) : 0),
      is_slowed: lesson.is_slowed || known?.is_slowed === true,
    });
    // An error is told by the next `take`, which writes what is left.
    void this.taught().catch(() => undefined);
  }

  /** Resolves when all that was learnt is written. */
  async taught(): Promise<void> {
    while (this.#teaching || this.#lessons.size > 0) {
      this.#teaching ??= this.#teach().finally(() => {
        this.#teaching = null;
      });
      await this.#teaching;
    }
  }

  async #teach(): Promise<void> {
    const lessons = this.#lessons;
    this.#lessons = new Map();
    const now = performance.now();
    const rows = [...lessons.values()].map(({ at, ...lesson }) => ({
      ...lesson,
      told_ms: lesson.told_ms > 0 ? Math.max(0, lesson.told_ms - (now - at)) + roundingMs : 0,
    }));
    try {
      await query(this.#pool, teachPaces, [JSON.stringify(rows)]);
    } catch (error) {
      for (const [channelId, lesson] of lessons)
        if (!this.#lessons.has(channelId)) this.#lessons.set(channelId, lesson);
      throw error;
    }
  }
}

/** No more than its share of what may be in all workers' hands at once. */
const mostOf = ({ perSecond, workers, most }: TokenRequest): number =>
  Math.min(most, Math.max(1, Math.floor((perSecond * burstShare) / Math.max(1, workers))));

function lessonOf(result: SendResult): Omit<Lesson, "channel_id"> | null {
  const nothing = { succeeded: false, failed: 0, told_ms: 0, is_slowed: false };
  if (result.outcome === "accepted") return { ...nothing, succeeded: true };
  if (result.outcome === "unknown") return { ...nothing, failed: 1 };
  if (result.class === "transient" || result.class === "account")
    return { ...nothing, failed: 1, told_ms: result.retryAfterMs ?? 0 };
  if (result.class === "throttle") return { ...nothing, told_ms: result.retryAfterMs ?? slowedRestMs, is_slowed: true };
  return null;
}
