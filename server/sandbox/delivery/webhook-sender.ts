import { Agent, request } from "undici";
import type { Share, Update } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { seededFraction } from "../wamid.ts";
import { callbackOf } from "./callback.ts";
import { signedBody, webhookEnvelope } from "./webhook-body.ts";

const callsAtOnce = 4;
const timeoutMs = 10_000;
const firstRetryMs = 500;
const longestRetryMs = 30_000;
/** Meta gives up after seven days (section 11). */
const giveUpAfterMs = 7 * 86_400_000;
const remembered = 500;

/** One POST to the subscriber, as `GET /__sandbox/deliveries` shows it. */
export type Delivery = {
  at: string;
  url: string;
  attempt: number;
  updates: number;
  bytes: number;
  httpStatus: number | null;
  error: string | null;
};

type Batch = { updates: Update[]; attempt: number };

/**
 * Tells the subscriber what happened, at least once, up to 200 updates per call and four calls at once. Anything but a 200
 * is tried again with growing pauses; updates are forgotten only when they were acknowledged or seven days old.
 */
export class WebhookSender {
  readonly #sandbox: Sandbox;
  readonly #agent = new Agent({
    connections: callsAtOnce,
    keepAliveTimeout: 30_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  #queue: Update[] = [];
  #retries = new Map<Batch, NodeJS.Timeout>();
  #underWay = new Set<Promise<void>>();
  #isClosed = false;
  readonly deliveries: Delivery[] = [];

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  push(update: Update): void {
    this.#queue.push(update);
    this.#startCalls();
  }

  /** Tries everything that waits for a retry now, as if its pause were over. */
  retryNow(): void {
    for (const [batch, timer] of [...this.#retries]) {
      clearTimeout(timer);
      this.#retries.delete(batch);
      this.#start(batch);
    }
  }

  clear(): void {
    this.#queue = [];
    for (const timer of this.#retries.values()) clearTimeout(timer);
    this.#retries.clear();
    this.deliveries.length = 0;
  }

  /** True when nothing waits and no call is under way. */
  get isIdle(): boolean {
    return this.#queue.length === 0 && this.#retries.size === 0 && this.#underWay.size === 0;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.clear();
    await this.#agent.destroy();
    await Promise.all(this.#underWay);
  }

  /** One call at a time while the queue is short, so that a burst travels in few large calls; more only for full batches. */
  #startCalls(): void {
    const { updatesPerCall } = this.#sandbox.world.chaos;
    while (this.#queue.length > 0 && this.#underWay.size < callsAtOnce) {
      if (this.#underWay.size > 0 && this.#queue.length < updatesPerCall) return;
      this.#start({ updates: this.#disturbed(this.#nextUpdates(updatesPerCall)), attempt: 1 });
    }
  }

  /** The next updates with one callback between them, in their order; others stay for a call of their own. */
  #nextUpdates(most: number): Update[] {
    const { world } = this.#sandbox;
    const { ofNumber, ofAccount } = world.account.hooks;
    const first = this.#queue[0];
    if (!first || !(ofNumber || ofAccount)) return this.#queue.splice(0, most);
    const url = callbackOf(world, first);
    const updates: Update[] = [];
    const others: Update[] = [];
    for (const update of this.#queue) {
      const isSame = updates.length < most && callbackOf(world, update) === url;
      (isSame ? updates : others).push(update);
    }
    this.#queue = others;
    return updates;
  }

  #disturbed(updates: Update[]): Update[] {
    const { duplicates, reorders } = this.#sandbox.world.chaos;
    const twice = updates.filter(({ n }) => isHit(duplicates, this.#sandbox.seed, `twice:${n}`));
    const told = twice.length > 0 ? [...updates, ...twice] : updates;
    return isHit(reorders, this.#sandbox.seed, `order:${updates[0]?.n}`) ? told.toReversed() : told;
  }

  #start(batch: Batch): void {
    const call = this.#call(batch).finally(() => {
      this.#underWay.delete(call);
      this.#startCalls();
    });
    this.#underWay.add(call);
  }

  async #call(batch: Batch): Promise<void> {
    const { world, identity } = this.#sandbox;
    const { subscription } = world;
    const [first] = batch.updates;
    // Looked up anew for each attempt: whoever subscribes while updates wait for a retry gets them.
    const url = first ? callbackOf(world, first) : null;
    if (this.#isClosed || url === null) return;
    const appSecret = subscription?.appSecret ?? identity.appSecret;
    const { bytes, signature } = signedBody(webhookEnvelope(this.#sandbox, batch.updates), appSecret);
    const { httpStatus, error } = await this.#post(url, bytes, signature);
    this.#remember({
      url,
      attempt: batch.attempt,
      updates: batch.updates.length,
      bytes: bytes.length,
      httpStatus,
      error,
    });
    const isTooOld = (batch.updates[0]?.at ?? 0) < this.#sandbox.clock.now() - giveUpAfterMs && batch.attempt > 1;
    if (httpStatus === 200 || isTooOld)
      await this.#sandbox.commit({ k: "acked", ns: batch.updates.map((update) => update.n) });
    else this.#retryLater(batch);
  }

  async #post(
    url: string,
    bytes: Buffer,
    signature: string,
  ): Promise<{ httpStatus: number | null; error: string | null }> {
    try {
      const response = await request(url, {
        method: "POST",
        body: bytes,
        headers: {
          "content-type": "application/json",
          "x-hub-signature-256": signature,
          "user-agent": "facebookexternalua",
        },
        dispatcher: this.#agent,
      });
      await response.body.dump();
      return { httpStatus: response.statusCode, error: null };
    } catch (error) {
      return { httpStatus: null, error: error instanceof Error ? error.message : String(error) };
    }
  }

  #retryLater(batch: Batch): void {
    if (this.#isClosed) return;
    const pauseMs = Math.min(firstRetryMs * 2 ** (batch.attempt - 1), longestRetryMs);
    const next = { ...batch, attempt: batch.attempt + 1 };
    const timer = setTimeout(() => {
      this.#retries.delete(next);
      this.#start(next);
    }, pauseMs);
    this.#retries.set(next, timer);
  }

  #remember(delivery: Omit<Delivery, "at">): void {
    this.deliveries.push({ at: new Date(this.#sandbox.clock.now()).toISOString(), ...delivery });
    if (this.deliveries.length > remembered) this.deliveries.shift();
  }
}

/** Without a draw where nothing is to be drawn: every update of every run comes by here. */
const isHit = (share: Share, seed: string, name: string): boolean =>
  typeof share === "boolean" ? share : share > 0 && seededFraction(seed, name) < share;
