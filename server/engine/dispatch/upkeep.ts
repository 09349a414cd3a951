import type pg from "pg";
import type { Clock } from "#server/clock.ts";
import type { Log } from "#server/log.ts";
import { query, type Statement } from "../query.ts";
import type { ChannelBook } from "./channel-book.ts";
import { expireMessages } from "./expire-messages.ts";
import { learnLimits } from "./learn-limits.ts";
import { sweepPortfolios } from "./portfolio.ts";

type UpkeepOptions = { pool: pg.Pool; clock: Clock; log: Log; channels: ChannelBook };

/** Pairs whose bucket has long been empty; reads the whole table. A busy one's time is never so old. Waits for none of them. */
const sweepPairs: Statement = {
  name: "pair-sweep",
  text: `
    delete from pair_pace p
    using (
      select channel_id, contact_id from pair_pace
      where next_at < now() - interval '1 hour' and (busy_until is null or busy_until < now()) for update skip locked
    ) old
    where p.channel_id = old.channel_id and p.contact_id = old.contact_id`,
};

const everyMs = { expire: 1_000, portfolios: 60_000, limits: 10 * 60_000, pairs: 3_600_000 } as const;

/** What dispatching needs done now and then. Each worker does it for itself: all of it is harmless when done twice. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #doneAt: Record<keyof typeof everyMs, number>;
  #learning: Promise<void> = Promise.resolve();

  constructor(options: UpkeepOptions) {
    this.#options = options;
    const now = performance.now();
    this.#doneAt = { expire: now, portfolios: now, pairs: now, limits: Number.NEGATIVE_INFINITY };
  }

  /** Does what is due. Limits are asked of the providers beside it, since a provider may be slow. */
  async step(): Promise<void> {
    const { pool, clock } = this.#options;
    if (this.#isDue("expire")) await expireMessages(pool, clock.now());
    if (this.#isDue("portfolios")) await sweepPortfolios(pool);
    if (this.#isDue("pairs")) await query(pool, sweepPairs, []);
    if (this.#isDue("limits")) this.#learning = this.#learning.then(() => this.#learn());
  }

  async #learn(): Promise<void> {
    const { pool, log, channels } = this.#options;
    try {
      await learnLimits(pool, channels);
    } catch (error) {
      log.warn({ error: String(error) }, "limits of numbers could not be learnt");
    }
  }

  #isDue(what: keyof typeof everyMs): boolean {
    const now = performance.now();
    if (now - this.#doneAt[what] < everyMs[what]) return false;
    this.#doneAt[what] = now;
    return true;
  }
}
