import type { Log } from "#server/log.ts";
import { isPassing } from "./is-passing.ts";

/** After a step: go on at once, or when woken, at the latest after so many milliseconds. */
export type NextStep = "again" | { withinMs: number };

const longestPauseMs = 5_000;

/**
 * Runs a step again and again, each loop for itself, so that a slow provider cannot stall the signals. An error never ends
 * it: it pauses, longer each time, and tries again. `wake` cuts a pause short, except the one after an error.
 */
export class Loop {
  readonly #name: string;
  readonly #step: () => Promise<NextStep>;
  readonly #log: Log;
  #isStopping = false;
  #isWoken = false;
  #endPause: (() => void) | null = null;
  #ended: Promise<void> = Promise.resolve();

  constructor(name: string, log: Log, step: () => Promise<NextStep>) {
    this.#name = name;
    this.#log = log;
    this.#step = step;
  }

  /** The first step comes after so many milliseconds, or when woken. */
  start(afterMs = 0): void {
    this.#ended = this.#run(afterMs);
  }

  wake(): void {
    this.#isWoken = true;
    this.#endPause?.();
  }

  /** Resolves when the step under way is over. */
  stop(): Promise<void> {
    this.#isStopping = true;
    this.wake();
    return this.#ended;
  }

  async #run(afterMs: number): Promise<void> {
    if (afterMs > 0) await this.#pause(afterMs);
    let failures = 0;
    while (!this.#isStopping) {
      this.#isWoken = false;
      try {
        const next = await this.#step();
        failures = 0;
        if (next !== "again" && !this.#isWoken) await this.#pause(next.withinMs);
      } catch (error) {
        failures += 1;
        this.#report(error, failures);
        this.#isWoken = false;
        await this.#pause(Math.min(100 * 2 ** failures, longestPauseMs), "to the end");
      }
    }
  }

  #report(error: unknown, failures: number): void {
    const facts = { loop: this.#name, failures, error: String(error) };
    if (isPassing(error)) this.#log.warn(facts, "loop pauses: the database is away or busy");
    else this.#log.error({ ...facts, stack: error instanceof Error ? error.stack : undefined }, "loop step failed");
  }

  #pause(milliseconds: number, how?: "to the end"): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#endPause = () => {
        if (!how || this.#isStopping) end();
      };
      if (this.#isStopping) end();
    });
  }
}
