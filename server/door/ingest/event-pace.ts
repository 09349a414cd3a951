import { DomainError } from "#server/errors.ts";
import type { KeyHolder } from "../access-keys.ts";
import { eventLimits } from "./limits.ts";

type Bucket = { tokens: number; at: number };

/** A bucket holds what two seconds bring, so that a source that gathers its events for a second is not held up. */
const burstSeconds = 2;

/**
 * How many events a second a workspace may bring to this door process, so that one cannot slow down the others. A call is let in
 * while anything is left and pays for what it brings afterwards: a batch is never cut in two, and what it brought too much
 * is waited for by the next one.
 */
export class EventPace {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Throws too-many, with the seconds to wait, when the workspace has used up its pace. Costs nothing but this. */
  admit(holder: KeyHolder) {
    const { tokens } = this.#bucketOf(holder);
    if (tokens > 0) return;
    const retryAfterSeconds = Math.max(1, Math.ceil(-tokens / paceOf(holder)));
    throw new DomainError(
      "too-many",
      `This workspace may send ${paceOf(holder)} events a second. Send it again in ${retryAfterSeconds} s.`,
      { eventsPerSecond: paceOf(holder), retryAfterSeconds },
    );
  }

  spend(holder: KeyHolder, events: number) {
    this.#bucketOf(holder).tokens -= events;
  }

  #bucketOf(holder: KeyHolder): Bucket {
    const name = holder.eventsPerSecond === null ? holder.workspaceId : holder.keyId;
    const now = this.#now();
    const full = paceOf(holder) * burstSeconds;
    const bucket = this.#buckets.get(name);
    if (!bucket) {
      const fresh = { tokens: full, at: now };
      this.#buckets.set(name, fresh);
      return fresh;
    }
    bucket.tokens = Math.min(full, bucket.tokens + ((now - bucket.at) / 1000) * paceOf(holder));
    bucket.at = now;
    return bucket;
  }
}

const paceOf = (holder: KeyHolder): number => Math.max(1, holder.eventsPerSecond ?? eventLimits.eventsPerSecond);
