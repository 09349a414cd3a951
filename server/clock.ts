import type { Pool } from "pg";

/** Where the time comes from. Everything that decides by time takes one; nothing below the hosts reads the system's clock. */
export type Clock = { now: () => Date };

export const systemClock: Clock = { now: () => new Date() };

/** Postgres channel on which a moved demo clock is announced; the payload is the new offset in seconds. */
export const clockChannel = "chasqui_clock";

/**
 * The database's time: the one clock that all workers share, so that a machine whose own clock is wrong or is set back neither
 * wakes anybody early nor twice. In a demo the offset is added that `POST /api/demo/clock` moves forward.
 * `refresh` measures it again; processes call it before each batch. Between two readings it goes by the machine's monotonic
 * clock, which nobody can set. Before the first reading it is the system's clock: a process that decides by time awaits one.
 */
export class DatabaseClock implements Clock {
  readonly #pool: Pool;
  readonly #isDemo: boolean;
  /** Milliseconds since 1970 at the start of the monotonic clock. */
  #origin = Date.now() - performance.now();
  /** The latest time given out, as the time must never go back: a timer that has come must not come again. */
  #latest = Number.NEGATIVE_INFINITY;
  #offsetMs = 0;
  #isRead = false;

  constructor(pool: Pool, { isDemo }: { isDemo: boolean }) {
    this.#pool = pool;
    this.#isDemo = isDemo;
  }

  /** Stands still while the database's clock is behind what it has shown already. */
  now(): Date {
    this.#latest = Math.max(this.#latest, this.#origin + performance.now());
    return new Date(this.#latest + this.#offsetMs);
  }

  async refresh(): Promise<void> {
    const { rows } = await this.#pool.query<{ now_ms: number; offset_seconds: number | null }>({
      name: "clock",
      text: `
        select (extract(epoch from clock_timestamp()) * 1000)::double precision as now_ms,
               (select offset_seconds from demo_clock where id = 1) as offset_seconds`,
    });
    const [read] = rows;
    if (!read) return;
    // Taken against the moment the answer came, not the middle of its way: at most a little late, and never early.
    const origin = read.now_ms - performance.now();
    // What was given out before the first reading was not the database's time.
    if (!this.#isRead) this.#latest = Number.NEGATIVE_INFINITY;
    this.#isRead = true;
    this.#origin = origin;
    this.#offsetMs = this.#isDemo ? (read.offset_seconds ?? 0) * 1000 : 0;
  }
}
