import type pg from "pg";
import type { Clock } from "#server/clock.ts";
import type { Log } from "#server/log.ts";
import { crashPoint } from "../crash-point.ts";
import { codeOf, isConflict, isPassing } from "../is-passing.ts";
import { type Fence, noFence } from "../lease.ts";
import { claimMoves } from "../moves/move-statements.ts";
import { inTransaction } from "../query.ts";
import type { EngineTracer } from "../tracing/engine-tracer.ts";
import { applyBatch } from "./apply-batch.ts";
import { claimAgain } from "./claim-again.ts";
import { claimDue } from "./claim-due.ts";
import { claimArchived, claimHeld } from "./claim-held.ts";
import { claimQueue } from "./claim-queue.ts";
import { FlowCache } from "./flow-cache.ts";
import { isolate } from "./isolate.ts";
import type { Failure, Outcome } from "./outcome.ts";
import type { Work } from "./work.ts";
import { ContactChangedMeanwhile, RepeatedEvent } from "./write-outcome.ts";

export type Applied = { works: number; entered: number; sends: number; webhookCalls: number; turns: number };

type HostOptions = {
  pool: pg.Pool;
  clock: Clock;
  log: Log;
  batchSize?: number;
  fence?: Fence;
  tracer?: EngineTracer | null;
};
type Claim = (client: pg.ClientBase) => Promise<Work[]>;

/** How often a batch is begun anew when others changed its rows meanwhile. */
const maxTries = 5;

/** The batch host: claims signals, timers and kept signals, and applies each batch in one transaction. */
export class SignalHost {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #batchSize: number;
  readonly #flows: FlowCache;
  readonly #fence: Fence;
  readonly #tracer: EngineTracer | null;
  #nextShard = 0;
  #underWay = 0;

  constructor({ pool, clock, log, batchSize = 1000, fence = noFence, tracer = null }: HostOptions) {
    this.#pool = pool;
    this.#clock = clock;
    this.#log = log;
    this.#batchSize = batchSize;
    this.#flows = new FlowCache(log);
    this.#fence = fence;
    this.#tracer = tracer;
  }

  /** Signals claimed and not yet committed. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Applies one batch of the queue. No works mean that the queue is empty or in the hands of other workers. */
  applyQueued(): Promise<Applied> {
    return this.#apply(async (client) => {
      const { works, nextShard } = await claimQueue(client, this.#nextShard, this.#batchSize);
      this.#nextShard = nextShard;
      return works;
    });
  }

  /** Wakes enrollments whose time has come. */
  applyDue(): Promise<Applied> {
    return this.#apply((client) => claimDue(client, this.#clock.now(), this.#batchSize));
  }

  /** Applies the signals kept for flows that were released. */
  applyReleased(): Promise<Applied> {
    return this.#apply((client) => claimHeld(client, this.#batchSize));
  }

  /** Ends the enrollments of archived flows. */
  stopArchived(): Promise<Applied> {
    return this.#apply((client) => claimArchived(client, this.#batchSize));
  }

  /** Brings people to versions that were published with a plan for them. */
  applyMoves(): Promise<Applied> {
    return this.#apply((client) => claimMoves(client, this.#batchSize));
  }

  async #apply(claim: Claim): Promise<Applied> {
    const batch: Batch = { works: [], suspects: [], place: nowhere, failed: [] };
    const remember: Claim = async (client) => {
      Object.assign(batch, sift(await claim(client)));
      return batch.works;
    };
    const rest = await this.#applyOnce(remember, batch).catch((error: unknown) => {
      if (isPassing(error) || batch.works.length === 0) throw error;
      return this.#bisect(batch, error);
    });
    let sum = rest;
    for (const works of batch.suspects) sum = sumOf(sum, await this.#applyAgain(works));
    return sum;
  }

  /** One batch in one transaction; begun anew when others changed its rows meanwhile. */
  async #applyOnce(claim: Claim, batch: Batch): Promise<Applied> {
    let looksForRepeats = false;
    for (let tries = 1; ; tries += 1) {
      const startMs = Date.now();
      let claimed = 0;
      try {
        const applied = await inTransaction(this.#pool, async (client) => {
          const works = await claim(client);
          if (works.length === 0) return nothing;
          claimed = works.length;
          this.#underWay += claimed;
          const now = this.#clock.now();
          const onAdvanced = (outcome: Outcome) => {
            batch.place = placeOf(outcome);
            batch.failed = outcome.failed;
          };
          const options = { flows: this.#flows, now, looksForRepeats, onAdvanced };
          const outcome = await applyBatch(client, works, options);
          await this.#fence(client);
          crashPoint("before-batch-commit");
          return countsOf(outcome);
        });
        if (applied.works > 0) crashPoint("after-batch-commit");
        this.#logFailed(batch.failed);
        this.#tracer?.applied(batch.works, startMs);
        return applied;
      } catch (error) {
        const isWorthAnother =
          error instanceof RepeatedEvent || error instanceof ContactChangedMeanwhile || isConflict(error);
        if (!isWorthAnother || tries === maxTries) throw error;
        looksForRepeats ||= error instanceof RepeatedEvent;
      } finally {
        this.#underWay -= claimed;
      }
    }
  }

  #logFailed(failed: readonly Failure[]): void {
    for (const { work, enrollment, flowId, nodeId, error } of failed) {
      const { source, sequence, contactId } = work;
      const place = { contactId, enrollmentId: enrollment?.id, flowId, nodeId };
      this.#log.error({ source, sequence, ...place, isDead: true, kind: kindOf(error) }, "signal cannot be applied");
    }
  }

  /** A batch failed as a whole: halves it by person until the signal that fails stands alone, and applies the rest. */
  async #bisect(batch: Batch, error: unknown): Promise<Applied> {
    const { works } = batch;
    const people = [...new Set(works.map((work) => work.contactId))];
    if (people.length === 1) return this.#oneByOne(batch, error);
    const left = new Set(people.slice(0, people.length / 2));
    const first = await this.#applyAgain(works.filter((work) => left.has(work.contactId)));
    const second = await this.#applyAgain(works.filter((work) => !left.has(work.contactId)));
    return sumOf(first, second);
  }

  #applyAgain(works: Work[]): Promise<Applied> {
    return this.#apply((client) => claimAgain(client, works));
  }

  /** The signals of one person, in order. The first that fails stops the rest, which stay where they are. */
  async #oneByOne({ works, place }: Batch, error: unknown): Promise<Applied> {
    const [first, ...rest] = works;
    if (!first) return nothing;
    if (rest.length === 0) {
      await this.#isolate(first, place, error);
      return nothing;
    }
    let sum = nothing;
    for (const work of works) {
      const applied = await this.#applyAgain([work]);
      if (applied.works === 0) return sum;
      sum = sumOf(sum, applied);
    }
    return sum;
  }

  async #isolate(work: Work, place: Place, error: unknown): Promise<void> {
    const at = this.#clock.now();
    const isDead = await inTransaction(this.#pool, async (client) => {
      const isGone = await isolate(client, work, { error, at, ...place });
      await this.#fence(client);
      return isGone;
    });
    const { source, sequence, contactId, enrollmentId } = work;
    const kind = kindOf(error);
    this.#log.error(
      { source, sequence, contactId, enrollmentId, ...place, isDead, kind, code: codeOf(error) },
      "signal cannot be applied",
    );
  }
}

/** The works of one claim while they are applied; `place` is where the last of them led. */
type Batch = { works: Work[]; suspects: Work[][]; place: Place; failed: Failure[] };
type Place = { flowId: string | null; nodeId: string | null };
const nowhere: Place = { flowId: null, nodeId: null };

/** Without the message, which may hold what a person wrote; the dead letter has it. */
const kindOf = (error: unknown): string => {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return root instanceof Error ? root.name : typeof root;
};

const placeOf = ({ enrollments }: Outcome): Place => {
  const last = enrollments.at(-1);
  return last ? { flowId: last.flowId, nodeId: last.state.nodeId } : nowhere;
};

/**
 * Takes the people apart who have a signal that failed before: they are applied each on their own, so that a poison signal makes a
 * whole batch fail once and not five times.
 */
function sift(claimed: Work[]): Pick<Batch, "works" | "suspects"> {
  const failed = new Set(claimed.filter((work) => work.attempts > 0).map((work) => work.contactId));
  const people = new Set(claimed.map((work) => work.contactId));
  if (failed.size === 0 || people.size === 1) return { works: claimed, suspects: [] };
  const suspects = claimed.filter((work) => failed.has(work.contactId));
  return {
    works: claimed.filter((work) => !failed.has(work.contactId)),
    suspects: [...Map.groupBy(suspects, (work) => work.contactId).values()],
  };
}

const nothing: Applied = { works: 0, entered: 0, sends: 0, webhookCalls: 0, turns: 0 };

const countsOf = (outcome: Outcome): Applied => ({
  works: outcome.done.length,
  entered: outcome.enrollments.filter((enrollment) => enrollment.change === "new").length,
  sends: outcome.sends.length,
  webhookCalls: outcome.webhookCalls.length,
  turns: outcome.turns.length,
});

const sumOf = (a: Applied, b: Applied): Applied => ({
  works: a.works + b.works,
  entered: a.entered + b.entered,
  sends: a.sends + b.sends,
  webhookCalls: a.webhookCalls + b.webhookCalls,
  turns: a.turns + b.turns,
});
