import { DueQueue } from "./due-queue.ts";
import type { VirtualClock } from "./virtual-clock.ts";

const longestSleepMs = 60_000;

/** Lets things happen at a time of the virtual clock; a second entry under the same key replaces the first. */
export class Calendar {
  readonly #clock: VirtualClock;
  readonly #due = new DueQueue<() => void>();
  readonly #latest = new Map<string, object>();
  #timer: NodeJS.Timeout | null = null;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  at(dueAt: number, key: string, happen: (dueAt: number) => void): void {
    const entry = {};
    this.#latest.set(key, entry);
    this.#due.add(dueAt, () => {
      if (this.#latest.get(key) !== entry) return;
      this.#latest.delete(key);
      happen(dueAt);
    });
    this.#sleep();
  }

  cancel(key: string): void {
    this.#latest.delete(key);
  }

  /** Makes everything happen that is due by now; what that plans for a time that is over happens as well. */
  fire(): void {
    const now = this.#clock.now();
    for (let happen = this.#due.take(now); happen; happen = this.#due.take(now)) happen();
    this.#sleep();
  }

  clear(): void {
    this.#due.clear();
    this.#latest.clear();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #sleep(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const next = this.#due.nextDueAt;
    if (next === null) return;
    const delayMs = Math.min(Math.max(next - this.#clock.now(), 1), longestSleepMs);
    this.#timer = setTimeout(() => this.fire(), delayMs);
    // Nothing that is days ahead may keep the process alive.
    this.#timer.unref();
  }
}
