import type { Socket } from "node:net";

type Manner = { latencyMs: number; sliceBytes: number | null };

/** One direction of a connection: bytes leave in the order they came, whatever the delay was when each of them came. */
export class OneWay {
  readonly #to: Socket;
  readonly #manner: () => Manner;
  #queue: { bytes: Buffer | null; dueAt: number }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isHeld = false;

  constructor(to: Socket, manner: () => Manner) {
    this.#to = to;
    this.#manner = manner;
  }

  pass(bytes: Buffer): void {
    const { latencyMs, sliceBytes } = this.#manner();
    if (latencyMs === 0 && sliceBytes === null && this.#queue.length === 0 && !this.#isHeld) {
      this.#to.write(bytes);
      return;
    }
    const size = sliceBytes ?? bytes.length;
    // Each slice a packet of its own: without a pause the system would put them together again.
    const apartMs = sliceBytes === null ? 0 : 1;
    const dueAt = performance.now() + latencyMs;
    for (let from = 0; from < bytes.length; from += size)
      this.#queue.push({ bytes: bytes.subarray(from, from + size), dueAt: dueAt + (from / size) * apartMs });
    this.#run();
  }

  end(): void {
    this.#queue.push({ bytes: null, dueAt: performance.now() });
    this.#run();
  }

  /** Held: nothing leaves until it is let go. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#run();
  }

  discard(): void {
    this.#queue = [];
    if (this.#timer) clearTimeout(this.#timer);
  }

  #run(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (!this.#isHeld) {
      const [first] = this.#queue;
      if (!first) return;
      const inMs = first.dueAt - performance.now();
      if (inMs > 0) {
        this.#timer = setTimeout(() => this.#run(), inMs);
        return;
      }
      this.#queue.shift();
      if (this.#to.destroyed) return;
      if (first.bytes) this.#to.write(first.bytes);
      else this.#to.end();
    }
  }
}
