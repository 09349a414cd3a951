import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import pino from "pino";
import { vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import type { JsonObject } from "#flow/json.ts";
import { nextTurnAt, type TurnLog } from "#flow/turns.ts";
import { Dispatcher } from "#server/engine/dispatch/dispatcher.ts";
import { noFence } from "#server/engine/lease.ts";
import { queueSignal } from "#server/engine/queue-signal.ts";
import { sampleSecret } from "#server/engine/sample-world.ts";
import { SignalHost } from "#server/engine/signals/signal-host.ts";
import { TestRig } from "#server/engine/test-rig.ts";
import { TurnGiver } from "#server/engine/turns/turn-giver.ts";
import { WebhookHost } from "#server/engine/webhooks/webhook-host.ts";
import { newId, shardOf } from "#server/id.ts";

const log = pino({ level: "silent" });
const second = 1000;

/** Something that a person, a source system or an agent does. */
export type Deed = { at: number; act: () => Promise<void> };

/**
 * A day lived by the real engine, with the sandbox as WhatsApp, on a clock that jumps from one thing to the next: whatever is due at a
 * moment is done before the next one comes. The clock shows whole seconds, as the provider's times do.
 */
export class LiveDay {
  readonly rig: TestRig;
  readonly #host: SignalHost;
  readonly #dispatcher: Dispatcher;
  readonly #webhooks: WebhookHost;
  readonly #turns: TurnGiver;

  private constructor(rig: TestRig) {
    this.rig = rig;
    const clock = { now: () => new Date() };
    const { pool } = rig.database;
    this.#host = new SignalHost({ pool, clock, log });
    this.#webhooks = new WebhookHost({ pool, clock, log });
    this.#turns = new TurnGiver({ pool, clock, log, fence: noFence });
    this.#dispatcher = new Dispatcher({ pool, clock, log, secret: sampleSecret, publicUrl: "http://localhost" });
  }

  static async open(start: number): Promise<LiveDay> {
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    const rig = await TestRig.open();
    await rig.subscribe({ sent_ms: 0, delivered_ms: 2 * second, read_ms: 60 * second });
    return new LiveDay(rig);
  }

  async close(): Promise<void> {
    await this.rig.close();
    vi.useRealTimers();
  }

  /** Lives through these deeds and everything that follows from them, up to `until`. */
  async live(deeds: readonly Deed[], until: number): Promise<void> {
    const rest = deeds.toSorted((one, other) => one.at - other.at);
    for (let at = await this.#nextAt(rest, until); at <= until; at = await this.#nextAt(rest, until)) {
      vi.setSystemTime(at);
      while ((rest[0]?.at ?? Number.POSITIVE_INFINITY) <= at) await rest.shift()?.act();
      await this.#comeToRest();
    }
    vi.setSystemTime(until);
  }

  /** An event, as the door stores it. */
  async event(contactId: string, name: string, properties: JsonObject = {}): Promise<void> {
    await this.#store(contactId, { type: "track", name, properties });
  }

  /** What a system tells of a person: on the profile and in the river, as the door does it. */
  async identify(contactId: string, traits: JsonObject): Promise<void> {
    const { db } = this.rig.database;
    const [row] = await db.select().from(tables.contact).where(eq(tables.contact.id, contactId));
    const { timezone = row?.timezone ?? null, ...others } = traits;
    const attributes = { ...row?.attributes, ...others };
    const zone = typeof timezone === "string" ? timezone : null;
    await db.update(tables.contact).set({ attributes, timezone: zone }).where(eq(tables.contact.id, contactId));
    await this.#store(contactId, { type: "identify", name: "identify", properties: traits });
  }

  async #store(contactId: string, what: { type: string; name: string; properties: JsonObject }): Promise<void> {
    const { db } = this.rig.database;
    const { workspaceId } = this.rig.world;
    const [eventId, now] = [newId(), new Date()];
    const shard = shardOf(workspaceId, contactId);
    const row = { id: eventId, workspaceId, shard, contactId, messageId: eventId, ...what };
    await db.insert(tables.event).values({ ...row, receivedAt: now, occurredAt: now });
    const queued = { workspaceId, shard, contactId, enrollmentId: null, payload: { kind: "event" }, eventId };
    await db.insert(tables.signalQueue).values({ ...queued, createdAt: now });
  }

  say(phone: string, text: string): Promise<unknown> {
    return this.rig.control("inbound", { from: phone.slice(1), type: "text", text: { body: text } });
  }

  /** Taps a button of the newest message that this phone got; nothing when it got none. */
  async tap(phone: string, button: number): Promise<void> {
    const newest = this.rig.accepted.findLast(({ waId }) => waId === phone.slice(1));
    if (newest) await this.rig.control("tap", { wamid: newest.wamid, button_index: button });
  }

  /** An agent is done with whatever waits for one. */
  async resolveHandOffs(): Promise<void> {
    const { db } = this.rig.database;
    const open = await db.select().from(tables.handOff).where(eq(tables.handOff.status, "open"));
    for (const { workspaceId, contactId, enrollmentId, visit, id } of open) {
      await db.update(tables.handOff).set({ status: "resolved" }).where(eq(tables.handOff.id, id));
      if (visit !== null)
        await queueSignal(
          db,
          { workspaceId, contactId, enrollmentId },
          { kind: "hand-off", visit, outcome: "resolved" },
        );
    }
  }

  /** The next whole second at which something is due. */
  async #nextAt(deeds: readonly Deed[], until: number): Promise<number> {
    type Row = { wake: number | null; leave: number | null };
    const { rows } = await this.rig.database.pool.query<Row>(`
      select (select min(date_part('epoch', wake_at) * 1000) from enrollment where status = 'waiting') as wake,
             (select min(date_part('epoch', not_before) * 1000) from outbox where status = 'queued') as leave`);
    const { wake, leave } = rows[0] ?? { wake: null, leave: null };
    const next = Math.min(
      wake ?? until + 1,
      leave ?? until + 1,
      deeds[0]?.at ?? until + 1,
      this.#statusAt(),
      await this.#turnAt(),
    );
    return Math.max(Date.now() + second, Math.ceil(next / second) * second);
  }

  /** When the next of those who wait at a throttle may go on. */
  async #turnAt(): Promise<number> {
    type Row = { log: TurnLog; people: number; period_ms: number };
    const { rows } = await this.rig.database.pool.query<Row>(`
      select distinct on (t.flow_id, t.node_id) h.log, t.people, t.period_ms
      from turn t join throttle h using (flow_id, node_id) order by t.flow_id, t.node_id, t.id`);
    const openings = rows.map(({ log: taken, people, period_ms: periodMs }) =>
      nextTurnAt(taken, { people, periodMs }, Date.now()),
    );
    return Math.min(Number.POSITIVE_INFINITY, ...openings);
  }

  /** Statuses come two seconds and a minute after a message was taken. */
  #statusAt(): number {
    const now = Date.now();
    const coming = this.rig.accepted.flatMap(({ at }) =>
      [at + 2 * second, at + 60 * second].filter((due) => due > now),
    );
    return Math.min(Number.POSITIVE_INFINITY, ...coming);
  }

  async #comeToRest(): Promise<void> {
    for (let isBusy = true; isBusy; ) {
      isBusy = false;
      await this.rig.sandbox.sandbox.advance(0);
      while (!this.rig.sandbox.sandbox.webhooks.isIdle) await delay(2);
      const steps = [
        async () => (await this.#webhooks.apply()).calls,
        async () => (await this.#host.applyQueued()).works,
        async () => (await this.#host.applyDue()).works,
        async () => (await this.#turns.give()).told,
        () => this.#dispatch(),
      ];
      for (const step of steps) for (let done = await step(); done > 0; done = await step()) isBusy = true;
    }
  }

  async #dispatch(): Promise<number> {
    const { pool } = this.rig.database;
    const due = async () => {
      const { rows } = await pool.query<{ n: number }>(
        "select count(*)::integer as n from outbox where status = 'queued' and not_before <= $1",
        [new Date()],
      );
      return rows[0]?.n ?? 0;
    };
    const waiting = await due();
    if (waiting === 0) return 0;
    await this.#dispatcher.claim();
    while (this.#dispatcher.underWay > 0) {
      await delay(2);
      await this.#dispatcher.settle();
    }
    return waiting;
  }
}
