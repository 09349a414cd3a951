import type pg from "pg";
import { channelFor } from "#server/channels/index.ts";
import type { Clock } from "#server/clock.ts";
import type { Log } from "#server/log.ts";
import { isPassing } from "../is-passing.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import { applyInbound } from "./apply-inbound.ts";
import { applyStatuses } from "./apply-statuses.ts";
import { type CallEvent, type EventOf, isKind, keyOf } from "./call-event.ts";
import { changeConsent } from "./change-consent.ts";
import { findSender } from "./find-sender.ts";
import * as sql from "./webhook-statements.ts";

type RawCall = { id: string; received_at: Date; workspace_id: string; channel_id: string; body: Buffer };
type Read = { call: RawCall; events: CallEvent[]; error: string | null };

export type AppliedCalls = { calls: number; signals: number };

const readProviders: Statement = {
  name: "webhooks-providers",
  text: "select id, provider from channel where id = any($1::uuid[])",
};

/** Reads the provider calls that the door has stored and applies what they say, each batch in one transaction. */
export class WebhookHost {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Provider by channel: it never changes. */
  readonly #providers = new Map<string, string>();

  constructor({ pool, clock, log }: { pool: pg.Pool; clock: Clock; log: Log }) {
    this.#pool = pool;
    this.#clock = clock;
    this.#log = log;
  }

  /** Applies up to `limit` calls. A batch that fails is applied call by call; a call that fails alone is put aside with its error. */
  async apply(limit = 200): Promise<AppliedCalls> {
    try {
      return await this.#applyBatch(limit);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (limit > 1) return this.apply(1);
      return this.#putAside(error);
    }
  }

  #applyBatch(limit: number): Promise<AppliedCalls> {
    return inTransaction(this.#pool, async (client) => {
      const calls = await query<RawCall>(client, sql.claimCalls, [limit]);
      if (calls.length === 0) return { calls: 0, signals: 0 };
      await this.#learnProviders(client, calls);
      const read = calls.map((call) => this.#read(call));
      const events = await withoutRepeats(
        client,
        read.flatMap((each) => each.events),
      );
      const news = await applyStatuses(client, events.filter(isKind("status")));
      const inbound = await applyInbound(client, events.filter(isKind("inbound")), this.#clock.now());
      for (const each of events.filter(isKind("template"))) await applyTemplate(client, each);
      for (const each of events.filter(isKind("preference"))) await this.#applyPreference(client, each);
      const done = read.map(({ call, error }) => ({ id: call.id, received_at: call.received_at, error }));
      await query(client, sql.finishCalls, [JSON.stringify(done)]);
      return { calls: calls.length, signals: news + inbound };
    });
  }

  async #learnProviders(client: pg.ClientBase, calls: readonly RawCall[]): Promise<void> {
    const unknown = [...new Set(calls.map((call) => call.channel_id))].filter((id) => !this.#providers.has(id));
    if (unknown.length === 0) return;
    const rows = await query<{ id: string; provider: string }>(client, readProviders, [unknown]);
    for (const row of rows) this.#providers.set(row.id, row.provider);
  }

  #read(call: RawCall): Read {
    const provider = this.#providers.get(call.channel_id);
    if (!provider) return { call, events: [], error: "The channel is gone." };
    const { events, rejected } = channelFor(provider).parse(call.body);
    const [first] = rejected;
    if (first)
      this.#log.warn({ webhookId: call.id, rejected: rejected.length, path: first.path }, "webhook items rejected");
    const { workspace_id: workspaceId, channel_id: channelId } = call;
    return {
      call,
      events: events.map((event) => ({ workspaceId, channelId, event })),
      error: first ? `${first.path}: ${first.reason}` : null,
    };
  }

  async #applyPreference(
    client: pg.ClientBase,
    { workspaceId, channelId, event }: EventOf<"preference">,
  ): Promise<void> {
    const { waId, bsuid, at, marketing } = event;
    const contactId = await findSender(client, workspaceId, { waId, bsuid, name: null }, this.#clock.now());
    if (contactId === null) return;
    const act = marketing === "stop" ? ("stop" as const) : ("start" as const);
    await changeConsent(client, contactId, { source: "provider", act, wording: null, at: new Date(at) }, { channelId });
  }

  /** The oldest open call cannot be applied: it keeps its bytes and the error, and the next ones go on. */
  #putAside(error: unknown): Promise<AppliedCalls> {
    return inTransaction(this.#pool, async (client) => {
      const [call] = await query<RawCall>(client, sql.claimCalls, [1]);
      if (!call) return { calls: 0, signals: 0 };
      const done = { id: call.id, received_at: call.received_at, error: String(error).slice(0, 500) };
      await query(client, sql.finishCalls, [JSON.stringify([done])]);
      this.#log.error(
        { webhookId: call.id, channelId: call.channel_id, error: done.error },
        "webhook cannot be applied",
      );
      return { calls: 1, signals: 0 };
    });
  }
}

/** Providers deliver more than once: what was seen before, in this batch or in one of the last days, is left out. */
async function withoutRepeats(client: pg.ClientBase, events: CallEvent[]): Promise<CallEvent[]> {
  const nameOf = (each: CallEvent, key: string) => `${each.channelId} ${key}`;
  const keyed = new Map<string, { channel_id: string; key: string }>();
  for (const each of events) {
    const key = keyOf(each);
    if (key !== null) keyed.set(nameOf(each, key), { channel_id: each.channelId, key });
  }
  if (keyed.size === 0) return events;
  type KeyRow = { channel_id: string; key: string };
  const rows = await query<KeyRow>(client, sql.insertKeys, [JSON.stringify([...keyed.values()])]);
  const fresh = new Set(rows.map((row) => `${row.channel_id} ${row.key}`));
  return events.filter((each) => {
    const key = keyOf(each);
    // Deleting makes the second of two equal facts in one batch a repeat.
    return key === null || fresh.delete(nameOf(each, key));
  });
}

async function applyTemplate(client: pg.ClientBase, { workspaceId, event }: EventOf<"template">): Promise<void> {
  const { providerId, name, language, status, reason } = event;
  await query(client, sql.updateTemplate, [workspaceId, providerId, name, language, status, reason]);
}
