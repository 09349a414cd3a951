import type { Dispatcher } from "undici";

export type Answer = { statusCode: number; headers: Dispatcher.ResponseData["headers"]; text: string };

type Conditions = {
  signal: AbortSignal;
  /** Asked when a connection is there and nothing has been written yet. */
  mayBegin?: () => boolean;
};

type Outcome = { resolve: (answer: Answer) => void; reject: (error: unknown) => void };

class BegunTooLate extends Error {
  readonly code = "BEGUN_TOO_LATE";
}

/**
 * Makes one request and gathers its whole answer. Not by undici's `request`, which makes a stream and an abort listener for each
 * answer (docs/performance.md has what that costs).
 */
export const oneAnswer = (
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  conditions: Conditions,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    dispatcher.dispatch(options, new Gathering(conditions, { resolve, reject }));
  });

class Gathering implements Dispatcher.DispatchHandler {
  readonly #conditions: Conditions;
  readonly #outcome: Outcome;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #statusCode = 0;
  #headers: Answer["headers"] = {};

  constructor(conditions: Conditions, outcome: Outcome) {
    this.#conditions = conditions;
    this.#outcome = outcome;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { signal, mayBegin } = this.#conditions;
    // Throwing takes the request back and leaves the connection to the next one.
    if (mayBegin && !mayBegin()) throw new BegunTooLate();
    this.#controller = controller;
    if (signal.aborted) this.handleEvent();
    else signal.addEventListener("abort", this);
  }

  /** The signal's, which keeps the handler itself as its listener. */
  handleEvent(): void {
    const { reason } = this.#conditions.signal;
    this.#controller?.abort(reason instanceof Error ? reason : new Error(String(reason)));
  }

  onResponseStart(_controller: unknown, statusCode: number, headers: Answer["headers"]): void {
    this.#statusCode = statusCode;
    this.#headers = headers;
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#leave();
    const text = Buffer.concat(this.#chunks).toString("utf8");
    this.#outcome.resolve({ statusCode: this.#statusCode, headers: this.#headers, text });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#leave();
    this.#outcome.reject(error);
  }

  #leave(): void {
    this.#conditions.signal.removeEventListener("abort", this);
  }
}
