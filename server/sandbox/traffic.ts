import type { Update } from "./record.ts";

/** One Graph call with what came and what was answered, or one thing the subscriber was told. */
export type TrafficEntry = { n: number; at: number } & (
  | { kind: "call"; method: string; path: string; body: Buffer; httpStatus: number; answer: unknown }
  | { kind: "webhook"; update: Update }
);

type NewEntry = TrafficEntry extends infer Entry ? (Entry extends TrafficEntry ? Omit<Entry, "n"> : never) : never;

const remembered = 1000;
const largestBodyBytes = 64 * 1024;

/** The last Graph calls and webhooks with their contents, oldest first; in memory only. */
export class Traffic {
  #entries: TrafficEntry[] = [];
  #count = 0;

  /** Bytes are kept as they came and read only when somebody looks: a busy sandbox must not pay for it. Uploads are left out. */
  add(entry: NewEntry): void {
    if (entry.kind === "call" && entry.body.length > largestBodyBytes) return;
    this.#count += 1;
    this.#entries.push({ n: this.#count, ...entry } as TrafficEntry);
    // Cut seldom and much, so that most calls move nothing.
    if (this.#entries.length >= remembered * 2) this.#entries = this.#entries.slice(-remembered);
  }

  list(): readonly TrafficEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
