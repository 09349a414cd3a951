import { hostname } from "node:os";
import type pg from "pg";
import type { Log } from "#server/log.ts";
import * as sql from "./lease-statements.ts";
import { inTransaction, query } from "./query.ts";

/** This worker's lease has run out and is, or may be, somebody else's: what it was about to commit must not be. */
export class LeaseLost extends Error {}

/** To be asked as the last statement before a commit. Throws LeaseLost. */
export type Fence = (client: pg.ClientBase) => Promise<void>;

/** For tests and tools that work without a lease: lets everything pass. */
export const noFence: Fence = async () => undefined;

/** What a worker has done since its start, and has under way. */
export type WorkerFigures = {
  claimed: number;
  signalsApplied: number;
  enrollmentsOpened: number;
  messagesSettled: number;
};

/** The name of a worker's connections in pg_stat_activity, by which those of a lost worker are ended. */
export const connectionName = (workerId: string): string => `worker-${workerId}`;

/** By the database's clock. Longer than the longest call (20 s) and than an idle transaction may live (20 s). */
export const leaseSeconds = 30;

/**
 * A worker's right to work, by the database's clock: a lease that each beat renews and a fencing token that each lease has anew.
 * A worker that was stopped for longer finds its token worthless, commits nothing, and registers again under a higher one.
 */
export class Lease {
  readonly id: string;
  readonly #pool: pg.Pool;
  readonly #log: Log;
  readonly #onLost: () => void;
  #token: string | null = null;
  #state: "working" | "stopping" = "working";
  /** By our own monotonic clock, counted from before the renewal was asked for: never later than what the database has. */
  #heldUntil = Number.NEGATIVE_INFINITY;
  #opened = { count: 0, at: performance.now() };
  #workers = 1;
  readonly #firstTaken = Promise.withResolvers<void>();

  constructor({ id, pool, log, onLost }: { id: string; pool: pg.Pool; log: Log; onLost?: () => void }) {
    this.id = id;
    this.#pool = pool;
    this.#log = log;
    this.#onLost = onLost ?? (() => undefined);
  }

  /** Without asking the database: whether something may be begun that cannot be rolled back. */
  get isHeld(): boolean {
    return this.#token !== null && performance.now() < this.#heldUntil;
  }

  /** How many workers live, this one included. */
  get workers(): number {
    return this.#workers;
  }

  /** Resolves when the worker holds its first lease. */
  get taken(): Promise<void> {
    return this.#firstTaken.promise;
  }

  readonly fence: Fence = async (client) => {
    const token = this.#token;
    const held = token === null ? null : await client.query({ ...sql.check, values: [this.id, token] });
    if (held?.rowCount === 1) return;
    this.#lose(token);
    throw new LeaseLost("Another worker has taken over: nothing of this batch is kept.");
  };

  /** Renews the lease, or takes a new one, and takes over from workers whose lease has run out. */
  async beat(figures: WorkerFigures): Promise<void> {
    const askedAt = performance.now();
    if (this.#token !== null && !(await this.#renew(this.#token, figures))) this.#lose(this.#token);
    if (this.#token === null) await this.#register();
    this.#heldUntil = askedAt + leaseSeconds * 1000;
    this.#firstTaken.resolve();
    await this.#takeOver();
    const [row] = await query<{ workers: number }>(this.#pool, sql.countAlive, []);
    this.#workers = Math.max(1, row?.workers ?? 1);
  }

  /** From the next beat on it says that it takes nothing new. */
  stopping(): void {
    this.#state = "stopping";
  }

  /** Takes this worker off the list: it has nothing under way any more. */
  async release(): Promise<void> {
    if (this.#token !== null) await query(this.#pool, sql.release, [this.id, this.#token]);
    this.#token = null;
  }

  async #register(): Promise<void> {
    const [row] = await inTransaction(this.#pool, async (client) => {
      await query(client, sql.lockNames, []);
      const values = [this.id, hostname(), this.#state, leaseSeconds];
      return query<{ name: string; fence: string }>(client, sql.register, values);
    });
    if (!row) throw new Error("A worker could not register.");
    this.#token = row.fence;
    this.#log.info({ workerId: this.id, name: row.name, fence: row.fence }, "lease taken");
  }

  async #renew(token: string, figures: WorkerFigures): Promise<boolean> {
    const { claimed, signalsApplied, enrollmentsOpened, messagesSettled } = figures;
    const now = performance.now();
    const seconds = Math.max(0.001, (now - this.#opened.at) / 1000);
    const perSecond = Math.round((enrollmentsOpened - this.#opened.count) / seconds);
    this.#opened = { count: enrollmentsOpened, at: now };
    const done = [claimed, signalsApplied, enrollmentsOpened, messagesSettled, perSecond, process.memoryUsage.rss()];
    const rows = await query(this.#pool, sql.renew, [this.id, token, this.#state, leaseSeconds, ...done]);
    return rows.length > 0;
  }

  #lose(token: string | null): void {
    // A check that was under way while we registered anew speaks of the old lease.
    if (token === null || token !== this.#token) return;
    this.#token = null;
    this.#heldUntil = Number.NEGATIVE_INFINITY;
    this.#log.warn({ workerId: this.id, fence: token }, "lease lost");
    this.#onLost();
  }

  async #takeOver(): Promise<void> {
    const lost = await query<{ id: string; name: string; host: string }>(this.#pool, sql.takeOver, [this.id]);
    if (lost.length === 0) return;
    this.#log.warn({ workerId: this.id, lost }, "workers lost: taken over");
    const names = lost.map(({ id }) => `chasqui-${connectionName(id)}`);
    // Needs the same role or a grant. Without it their transactions end by themselves, 20 s after they fell silent.
    await query(this.#pool, sql.endConnections, [names]).catch((error: unknown) =>
      this.#log.warn({ error: String(error) }, "connections of lost workers cannot be ended"),
    );
  }
}
