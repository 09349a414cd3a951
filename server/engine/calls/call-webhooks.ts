import type pg from "pg";
import { z } from "zod";
import { type Json, type JsonObject, JsonValue } from "#flow/json.ts";
import { mapResponse } from "#flow/map-response.ts";
import type { Signal } from "#flow/signal.ts";
import type { Clock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { type Fence, noFence } from "../lease.ts";
import type { NextStep } from "../loop.ts";
import type { Outbound, OutboundAnswer } from "../outbound.ts";
import { inTransaction, query } from "../query.ts";
import { insertSignal } from "../queue-signal.ts";
import * as sql from "./call-statements.ts";

const Request = z.object({
  method: z.enum(["POST", "PUT", "GET"]),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: JsonValue,
  timeoutSeconds: z.number().min(1).max(10),
  mapping: z.record(z.string(), z.string()),
});

type Call = {
  id: string;
  workspace_id: string;
  shard: number;
  contact_id: string;
  enrollment_id: string;
  visit: number;
  request: unknown;
  attempts: number;
  /** With its port; null for an address that is none. */
  host: string | null;
};

type Result = { ok: boolean; values: JsonObject; status: number | null; error: string | null; mayRetry: boolean };

const mostAttempts = 3;
const mostAtOnce = 64;
/** Of one host: what hangs for 10 s holds up nobody else, and nobody's server is run over. */
const mostOfOneHost = 16;
/** Longer than the longest call. */
const leaseSeconds = 20;
const idle: NextStep = { withinMs: 250 };

/** Makes the calls of webhook steps and hands their answers back as signals. */
export class WebhookCaller {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #outbound: Outbound;
  readonly #fence: Fence;
  readonly #onSignal: () => void;
  readonly #underWay = new Set<Promise<void>>();
  readonly #hosts = new Map<string, number>();

  constructor(options: { pool: pg.Pool; clock: Clock; outbound: Outbound; fence?: Fence; onSignal?: () => void }) {
    this.#pool = options.pool;
    this.#clock = options.clock;
    this.#outbound = options.outbound;
    this.#fence = options.fence ?? noFence;
    this.#onSignal = options.onSignal ?? (() => undefined);
  }

  /** Claims due calls and starts them. A call whose worker died is due again when its lease is over. */
  async step(): Promise<NextStep> {
    const room = mostAtOnce - this.#underWay.size;
    if (room <= 0) return idle;
    const claim = newId();
    const calls = await inTransaction(this.#pool, async (client) => {
      const bulkhead = [[...this.#hosts.keys()], [...this.#hosts.values()], mostOfOneHost];
      const values = [this.#clock.now(), room, claim, leaseSeconds, ...bulkhead];
      const claimed = await query<Call>(client, sql.claimCalls, values);
      if (claimed.length > 0) await this.#fence(client);
      return claimed;
    });
    for (const call of calls) {
      const work: Promise<void> = this.#callAndSettle(call, claim)
        // Not settled: the lease runs out and the call is made again.
        .catch(() => undefined)
        .finally(() => {
          this.#underWay.delete(work);
          this.#count(call.host ?? "", -1);
        });
      this.#underWay.add(work);
      this.#count(call.host ?? "", 1);
    }
    return calls.length > 0 ? { withinMs: 20 } : idle;
  }

  #count(host: string, step: 1 | -1): void {
    const calls = (this.#hosts.get(host) ?? 0) + step;
    if (calls > 0) this.#hosts.set(host, calls);
    else this.#hosts.delete(host);
  }

  /** Resolves when no call is under way. */
  async drain(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #callAndSettle(call: Call, claim: string): Promise<void> {
    const result = await makeCall(call, this.#outbound);
    const isRetried = result.mayRetry && call.attempts < mostAttempts;
    await inTransaction(this.#pool, async (client) => {
      const notBefore = new Date(this.#clock.now().getTime() + 1000 * 4 ** (call.attempts - 1));
      const status = isRetried ? "queued" : result.ok ? "ok" : "failed";
      const error = result.error?.slice(0, 300) ?? null;
      const settled = await query(client, sql.settleCall, [call.id, claim, status, notBefore, result.status, error]);
      // Another worker took the call over: its answer counts.
      if (settled.length === 0 || isRetried) return;
      const signal: Signal = { kind: "webhook", visit: call.visit, ok: result.ok, values: result.values };
      const place = [call.workspace_id, call.shard, call.contact_id, call.enrollment_id];
      await query(client, insertSignal, [...place, JSON.stringify(signal)]);
    });
    this.#onSignal();
  }
}

async function makeCall(call: Call, outbound: Outbound): Promise<Result> {
  const parsed = Request.safeParse(call.request);
  if (!parsed.success) return failed("The stored request cannot be read.", false);
  const { method, url, headers, body, timeoutSeconds, mapping } = parsed.data;
  const answer = await outbound.call({
    method,
    url,
    // The receiver can tell a repeated call by its id.
    headers: {
      accept: "application/json",
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
      ...headers,
      "idempotency-key": call.id,
    },
    body: method === "GET" ? null : JSON.stringify(body),
    timeoutMs: timeoutSeconds * 1000,
  });
  return resultOf(answer, mapping);
}

function resultOf(answer: OutboundAnswer, mapping: Record<string, string>): Result {
  if (answer.kind === "refused") return failed(answer.reason, false);
  if (answer.kind === "failed") return failed(`${answer.reason}: ${answer.detail}`, answer.reason !== "too-large");
  const { status } = answer;
  if (status < 200 || status > 299)
    return { ...failed(`HTTP ${status}`, status >= 500 || status === 429 || status === 408), status };
  return { ok: true, values: mapResponse(mapping, readJson(answer.body)), status, error: null, mayRetry: false };
}

const failed = (error: string, mayRetry: boolean): Result => ({ ok: false, values: {}, status: null, error, mayRetry });

/** An answer that is no JSON at all has no values. */
function readJson(body: string): Json {
  try {
    return JsonValue.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
