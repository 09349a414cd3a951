/** How long a number rests after so many failures in a row that were not about one message. */
const restAfterFailures = { failures: 5, milliseconds: 5_000 };

/**
 * How fast one number may send: a token bucket that never lets more than `perSecond` out within any second, a pause that the
 * provider asked for, and a rest after failures in a row. Times are milliseconds of a clock that never jumps.
 */
export class NumberPace {
  #perSecond: number;
  #tokens: number;
  #filledAt: number;
  #pausedUntil = 0;
  #failures = 0;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = this.#burst();
    this.#filledAt = now;
  }

  /** Another limit, or another share of it because workers came or went. */
  set(perSecond: number): void {
    this.#perSecond = perSecond;
    this.#tokens = Math.min(this.#tokens, this.#burst());
  }

  /** How many may leave now. */
  allowance(now: number): number {
    if (now < this.#pausedUntil) return 0;
    // Nine tenths flow, one tenth is the bucket: together never more than the limit within one second.
    this.#tokens = Math.min(this.#burst(), this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond * 0.9);
    this.#filledAt = now;
    // After failures one message feels whether the provider is back.
    const most = this.#failures >= restAfterFailures.failures ? 1 : Number.POSITIVE_INFINITY;
    return Math.min(Math.floor(this.#tokens), most);
  }

  take(count: number): void {
    this.#tokens -= count;
  }

  pause(milliseconds: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + milliseconds);
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(now: number): void {
    this.#failures += 1;
    if (this.#failures >= restAfterFailures.failures) this.pause(restAfterFailures.milliseconds, now);
  }

  #burst(): number {
    return Math.max(1, this.#perSecond / 10);
  }
}
