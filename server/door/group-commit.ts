import { DomainError } from "#server/errors.ts";

type Entry<Item> = {
  items: Item[];
  since: number;
  resolve: (refused: ReadonlySet<Item>) => void;
  reject: (error: unknown) => void;
};

export type GroupCommitOptions<Item> = {
  /** Stores all items in one transaction (or several, when one of them is poison) and answers those that could not be stored. */
  write: (items: Item[]) => Promise<ReadonlySet<Item>>;
  /** How many writes may run at once. */
  writers: number;
  /** A further writer starts only when this many items wait: small groups side by side cost more than one larger group. */
  parallelFrom: number;
  maxItems: number;
  /** Beyond this many waiting items the caller is told to come back. */
  maxWaiting: number;
  /** Who has waited this long for a writer is told to come back, and so is everybody who comes while somebody has. */
  maxWaitMs: number;
};

/**
 * Turns many small writes into few large ones: while the writers are busy, what arrives waits and then leaves as one
 * group. An idle door writes at once, so nobody waits for a timer; a busy one pays for one commit per group, not per request.
 */
export class GroupCommit<Item> {
  readonly #options: GroupCommitOptions<Item>;
  #waiting: Entry<Item>[] = [];
  #waitingItems = 0;
  #running = 0;
  #isScheduled = false;
  #watch: NodeJS.Timeout | undefined;

  constructor(options: GroupCommitOptions<Item>) {
    this.#options = options;
  }

  /** Items that wait for a writer. */
  get waitingItems(): number {
    return this.#waitingItems;
  }

  /**
   * Resolves after the commit that holds all items, with those that the database refused. Rejects when nothing was
   * stored, or when it is not known whether it was: the caller then answers 503, and a retry with the same ids is safe.
   */
  submit(items: Item[]): Promise<ReadonlySet<Item>> {
    const now = performance.now();
    const since = this.#waiting[0]?.since ?? now;
    if (this.#waitingItems + items.length > this.#options.maxWaiting || now - since > this.#options.maxWaitMs) {
      throw tooBusy();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, since: now, resolve, reject });
      this.#waitingItems += items.length;
      this.#watchOver();
      this.#schedule();
    });
  }

  /** Resolves once nothing waits and nothing runs. */
  async drain(): Promise<void> {
    while (this.#running > 0 || this.#waiting.length > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** One timer at a time, and none for each item: what waits is looked at when the time of the first may be over. */
  #watchOver() {
    this.#watch ??= setTimeout(() => {
      this.#watch = undefined;
      this.#turnAway();
      if (this.#waiting.length > 0) this.#watchOver();
    }, this.#options.maxWaitMs).unref();
  }

  /** Nothing of these was begun, so coming back is safe. */
  #turnAway() {
    const now = performance.now();
    const young = this.#waiting.findIndex((entry) => now - entry.since <= this.#options.maxWaitMs);
    for (const entry of this.#waiting.splice(0, young < 0 ? this.#waiting.length : young)) {
      this.#waitingItems -= entry.items.length;
      entry.reject(tooBusy());
    }
  }

  #schedule() {
    if (this.#isScheduled || this.#waiting.length === 0 || this.#running >= this.#options.writers) return;
    if (this.#running > 0 && this.#waitingItems < this.#options.parallelFrom) return;
    this.#isScheduled = true;
    // After the I/O of this turn: requests that came in together leave together.
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#run(this.#take());
      this.#schedule();
    });
  }

  #take(): Entry<Item>[] {
    let items = 0;
    let count = 0;
    for (const entry of this.#waiting) {
      if (count > 0 && items + entry.items.length > this.#options.maxItems) break;
      items += entry.items.length;
      count++;
    }
    this.#waitingItems -= items;
    return this.#waiting.splice(0, count);
  }

  async #run(group: Entry<Item>[]) {
    this.#running++;
    try {
      const refused = await this.#options.write(group.flatMap((entry) => entry.items));
      for (const entry of group) entry.resolve(refused);
    } catch (error) {
      for (const entry of group) entry.reject(error);
    } finally {
      this.#running--;
      this.#schedule();
    }
  }
}

const tooBusy = () =>
  new DomainError("unavailable", "Too much is waiting to be stored. Send it again in a moment.", {
    retryAfterSeconds: 2,
  });
