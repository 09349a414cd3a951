/** One Graph call, as `GET /__sandbox/requests` shows it. */
export type LoggedRequest = { at: string; method: string; path: string; httpStatus: number; code: number | null };

const remembered = 1000;

/** The last Graph calls, oldest first; in memory only. */
export class RequestLog {
  readonly #ring: LoggedRequest[] = [];
  #next = 0;
  count = 0;

  add(request: LoggedRequest): void {
    this.#ring[this.#next] = request;
    this.#next = (this.#next + 1) % remembered;
    this.count += 1;
  }

  list(): LoggedRequest[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
  }

  clear(): void {
    this.#ring.length = 0;
    this.#next = 0;
    this.count = 0;
  }
}
