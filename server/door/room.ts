import { DomainError } from "#server/errors.ts";

/**
 * How many requests may work with the readers' connections at once: so many that each connection has one and as many wait. Whoever
 * comes beyond is told at once to come back, instead of hanging in a queue that nobody sees the end of.
 */
export class Room {
  readonly #places: number;
  #taken = 0;

  constructor(connections: number) {
    this.#places = connections * 2;
  }

  /** Throws unavailable when there is no place. */
  async enter<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#taken >= this.#places) {
      throw new DomainError("unavailable", "The database is busy. Send it again in a moment.", {
        retryAfterSeconds: 2,
      });
    }
    this.#taken++;
    try {
      return await work();
    } finally {
      this.#taken--;
    }
  }
}
