import type { Pool } from "pg";

/** Where the time comes from. Everything that decides by time takes one; nothing below the hosts reads the system's clock. */
export type Clock = { now: () => Date };

export const systemClock: Clock = { now: () => new Date() };

/** Postgres channel on which a moved demo clock is announced; the payload is the new offset in seconds. */
export const clockChannel = "chasqui_clock";

/**
 * The product's clock in a demo workspace: the system's plus an offset that `POST /api/demo/clock` moves forward.
 * `refresh` reads the offset again; processes call it before each batch, so that all of them agree within one batch.
 */
export class DemoClock implements Clock {
  #offsetMs = 0;
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  async refresh(): Promise<void> {
    const { rows } = await this.#pool.query<{ offset_seconds: number }>(
      "select offset_seconds from demo_clock where id = 1",
    );
    this.#offsetMs = (rows[0]?.offset_seconds ?? 0) * 1000;
  }
}
