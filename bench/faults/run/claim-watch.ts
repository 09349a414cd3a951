import { setTimeout as delay } from "node:timers/promises";
import { leaseSeconds } from "#server/engine/lease.ts";
import type { FaultStack } from "../stack/fault-stack.ts";

const everyMs = 100;

/**
 * Looks ten times a second which messages are claimed, and since when (a claim's lease begins with it). With it a message that arrived
 * after a withdrawal can be told apart: claimed before it, and slow on its way, or claimed after it, which must never be.
 */
export class ClaimWatch {
  /** By message id: when it was last claimed, by the database's clock. Claims shorter than the watch's step are not in it. */
  readonly claimedAt = new Map<string, number>();
  #isStopping = false;
  #ended: Promise<void> = Promise.resolve();

  start(stack: FaultStack): void {
    this.#ended = this.#run(stack);
  }

  stop(): Promise<void> {
    this.#isStopping = true;
    return this.#ended;
  }

  async #run(stack: FaultStack): Promise<void> {
    while (!this.#isStopping && !stack.pool.ended) {
      await this.#look(stack).catch(() => undefined);
      await delay(everyMs);
    }
  }

  async #look(stack: FaultStack): Promise<void> {
    const rows = await stack.query<{ id: string; at: number }>(
      `select message_id as id, (extract(epoch from lease_until - make_interval(secs => $1)) * 1000)::float8 as at
       from outbox where status = 'sending' and lease_until > now()`,
      [leaseSeconds],
    );
    for (const { id, at } of rows) this.claimedAt.set(id, at);
  }
}
