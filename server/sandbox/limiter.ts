import { GraphError } from "./graph-error.ts";
import type { User } from "./record.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { World } from "./world.ts";

const pairIntervalMs = 6000;
const pairBurst = 45;
const dayMs = 86_400_000;

/** Meta's rates (section 12): throughput, the pair rate and the messaging limit. All off until the control plane sets them. */
export class Limiter {
  readonly #world: World;
  readonly #clock: VirtualClock;
  readonly #isInWindow: (user: User) => boolean;
  #second = 0;
  #sentThisSecond = 0;
  /** Per person: the time up to which the pair rate is used up. */
  readonly #pairs = new Map<string, number>();
  /** Per person outside the window: when they were last written to. */
  readonly #reached = new Map<string, number>();

  constructor(world: World, clock: VirtualClock, isInWindow: (user: User) => boolean) {
    this.#world = world;
    this.#clock = clock;
    this.#isInWindow = isInWindow;
  }

  /** Throws 130429, 131056 or 131048 when this send is too much. */
  admit(user: User, isTemplate: boolean): void {
    const { mps, pair, tier } = this.#world.limits;
    const now = this.#clock.now();
    if (mps !== null) this.#admitThroughput(now, mps);
    if (pair) this.#admitPair(now, user.waId);
    if (tier !== null && isTemplate && !this.#isInWindow(user)) this.#admitTier(now, user.waId, tier);
  }

  /** Counts again what the ledger says was sent lately, so that a restart gives nobody a new allowance. */
  recall(): void {
    const { log, limits } = this.#world;
    const now = this.#clock.now();
    const recent = log.slice(log.findLastIndex((message) => message.at <= now - dayMs) + 1);
    for (const { direction, waId, at, template, isInWindow } of recent) {
      if (direction === "inbound") continue;
      if (limits.pair) this.#pairs.set(waId, Math.max(this.#pairs.get(waId) ?? 0, at) + pairIntervalMs);
      if (limits.tier === null || !template || isInWindow) continue;
      this.#reached.delete(waId);
      this.#reached.set(waId, at);
    }
  }

  #admitThroughput(now: number, mps: number): void {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#sentThisSecond = 0;
    }
    this.#sentThisSecond += 1;
    if (this.#sentThisSecond > mps)
      throw new GraphError(130429, "Cloud API message throughput has been reached.", { retryAfterSeconds: 1 });
  }

  // A burst borrows from the future: 45 messages at once use up 45 x 6 seconds.
  #admitPair(now: number, waId: string): void {
    const usedUntil = Math.max(this.#pairs.get(waId) ?? 0, now);
    if (usedUntil - now > (pairBurst - 1) * pairIntervalMs)
      throw new GraphError(
        131056,
        "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.",
      );
    this.#pairs.set(waId, usedUntil + pairIntervalMs);
  }

  #admitTier(now: number, waId: string, tier: number): void {
    for (const [other, at] of this.#reached) {
      if (at > now - dayMs) break;
      this.#reached.delete(other);
    }
    if (!this.#reached.has(waId) && this.#reached.size >= tier)
      throw new GraphError(131048, "The messaging limit of this business portfolio has been reached.");
    // Deleted first, so that the map stays ordered by time.
    this.#reached.delete(waId);
    this.#reached.set(waId, now);
  }
}
