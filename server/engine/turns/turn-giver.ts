import type pg from "pg";
import { type Pace, type TurnLog, takeTurns, turnsLeft } from "#flow/turns.ts";
import type { Clock } from "#server/clock.ts";
import type { Log } from "#server/log.ts";
import type { Fence } from "../lease.ts";
import { inTransaction, query } from "../query.ts";
import { FlowCache } from "../signals/flow-cache.ts";
import * as sql from "./turn-statements.ts";

type Line = { flow_id: string; node_id: string; people: number; period_ms: number; version_id: string | null };

type Given = { told: number; gone: number };

/** So many people of a line are looked at in one transaction. */
const sliceRows = 2_000;

/**
 * Lets people on who wait at throttles, first come, first on: never more in a period than the step allows, whatever stood still in
 * between, since turns are given when they come and none is promised ahead. The pace is that of the running version.
 */
export class TurnGiver {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #fence: Fence;
  readonly #flows: FlowCache;

  constructor({ pool, clock, log, fence }: { pool: pg.Pool; clock: Clock; log: Log; fence: Fence }) {
    this.#pool = pool;
    this.#clock = clock;
    this.#fence = fence;
    this.#flows = new FlowCache(log);
  }

  /** Goes to every line once. Answers how many people were told that it is their turn, and whether more could be told at once. */
  async give(): Promise<{ told: number; hasMore: boolean }> {
    const lines = await query<Line>(this.#pool, sql.waitingThrottles, []);
    let told = 0;
    let hasMore = false;
    for (const line of lines) {
      const given = await inTransaction(this.#pool, (client) => this.#giveOf(client, line));
      told += given.told;
      hasMore ||= given.hasMore;
    }
    return { told, hasMore };
  }

  async #giveOf(client: pg.ClientBase, line: Line): Promise<{ told: number; hasMore: boolean }> {
    const { flow_id: flowId, node_id: nodeId } = line;
    await query(client, sql.knowThrottle, [flowId, nodeId]);
    const [throttle] = await query<{ log: TurnLog }>(client, sql.lockThrottle, [flowId, nodeId]);
    if (!throttle) return nobody;
    const pace = await this.#paceOf(client, line);
    const now = this.#clock.now().getTime();
    const left = turnsLeft(throttle.log, pace, now);
    if (left === 0) return nobody;
    // Some of them have left the step meanwhile.
    const looked = Math.min(2 * left + 100, sliceRows);
    const [given] = await query<Given>(client, sql.giveTurns, [flowId, nodeId, left, looked]);
    if (!given) return nobody;
    if (given.told > 0) {
      const log = takeTurns(throttle.log, pace, { now, people: given.told });
      await query(client, sql.keepLog, [flowId, nodeId, JSON.stringify(log)]);
    }
    await this.#fence(client);
    return { told: given.told, hasMore: given.gone === looked };
  }

  async #paceOf(client: pg.ClientBase, { version_id, node_id, people, period_ms }: Line): Promise<Pace> {
    if (version_id) await this.#flows.prepare(client, [version_id]);
    const step = version_id ? this.#flows.compiled(version_id)?.nodes.get(node_id) : undefined;
    return step?.node?.paces?.(step.config) ?? { people, periodMs: period_ms };
  }
}

const nobody = { told: 0, hasMore: false };
