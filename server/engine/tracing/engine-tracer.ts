import type pg from "pg";
import { validate } from "uuid";
import type { Log } from "#server/log.ts";
import type { SpanFacts, Tracing } from "#server/observe/tracing.ts";
import { query, type Statement } from "../query.ts";

const eventsOfEnrollments: Statement = {
  name: "tracing-enrollments",
  text: "select id, event_id from enrollment where id = any($1::uuid[])",
};

const eventsOfMessages: Statement = {
  name: "tracing-messages",
  text: `
    select m.id, coalesce(e.event_id, m.id) as event_id
    from message m left join enrollment e on e.id = m.enrollment_id where m.id = any($1::uuid[])`,
};

/** What a provider echoes is text from outside. */
const isUuid = (ref: string | null): ref is string => ref !== null && validate(ref);

type Step = { startMs: number; endMs: number };
type Message = { messageId: string; workspaceId: string; enrollmentId: string | null; lane: number; attempts: number };
type UnderWay = { gate: Step; call: (Step & { outcome: string }) | null };

/**
 * Tells the spans of a worker: an event applied; a message judged, called and settled; a status applied. A message belongs to the
 * trace of the event that opened its enrollment, also days later. Which event that is, is looked up beside the work and only here:
 * where tracing is off there is no tracer, and nothing is read or kept.
 */
export class EngineTracer {
  readonly #pool: pg.Pool;
  readonly #log: Log;
  readonly #tracing: Tracing;
  readonly #workerId: string;
  readonly #underWay = new Map<string, UnderWay>();

  constructor(options: { pool: pg.Pool; log: Log; tracing: Tracing; workerId: string }) {
    this.#pool = options.pool;
    this.#log = options.log;
    this.#tracing = options.tracing;
    this.#workerId = options.workerId;
  }

  /** Events that a committed batch has applied. */
  applied(
    works: readonly { workspaceId: string; signal: { kind: string; event?: { id: string } } }[],
    startMs: number,
  ) {
    const endMs = Date.now();
    for (const { workspaceId, signal } of works) {
      if (signal.kind !== "event" || !signal.event) continue;
      this.#record({
        name: "signal.apply",
        kind: "consumer",
        traceOf: signal.event.id,
        key: "",
        parent: { name: "event.accept", key: "" },
        startMs,
        endMs,
        attributes: {
          "chasqui.workspace_id": workspaceId,
          "chasqui.event_id": signal.event.id,
          "chasqui.batch": works.length,
        },
      });
    }
  }

  /** The gate let these pass, in one transaction. */
  gated(messageIds: readonly string[], startMs: number): void {
    const gate = { startMs, endMs: Date.now() };
    for (const id of messageIds) this.#underWay.set(id, { gate, call: null });
  }

  called(messageId: string, startMs: number, outcome: string): void {
    const message = this.#underWay.get(messageId);
    if (message) message.call = { startMs, endMs: Date.now(), outcome };
  }

  /** Written down: now the three spans of each message are complete. */
  settled(messages: readonly Message[], startMs: number): void {
    const endMs = Date.now();
    const known = messages.flatMap((message) => {
      const times = this.#underWay.get(message.messageId);
      this.#underWay.delete(message.messageId);
      return times ? [{ message, times }] : [];
    });
    void this.#beside(async () => {
      const ids = known.flatMap(({ message }) => message.enrollmentId ?? []);
      type Row = { id: string; event_id: string };
      const rows = ids.length === 0 ? [] : await query<Row>(this.#pool, eventsOfEnrollments, [ids]);
      const events = new Map(rows.map((row) => [row.id, row.event_id]));
      for (const { message, times } of known)
        this.#recordMessage(message, times, { startMs, endMs, eventId: events.get(message.enrollmentId ?? "") });
    });
  }

  /** Statuses of a batch that is about to be committed, by the message id that the provider echoed. */
  statuses(events: readonly { ref: string | null; status: string }[], startMs: number): void {
    const endMs = Date.now();
    const statuses = events.flatMap(({ ref, status }) => (isUuid(ref) ? [{ messageId: ref, status }] : []));
    if (statuses.length === 0) return;
    void this.#beside(async () => {
      type Row = { id: string; event_id: string };
      const rows = await query<Row>(this.#pool, eventsOfMessages, [statuses.map(({ messageId }) => messageId)]);
      const traces = new Map(rows.map((row) => [row.id, row.event_id]));
      for (const { messageId, status } of statuses) {
        const traceOf = traces.get(messageId);
        if (!traceOf) continue;
        this.#record({
          name: "status.apply",
          kind: "consumer",
          traceOf,
          key: `${messageId} ${status}`,
          parent: { name: "message.call", key: `${messageId} 1` },
          startMs,
          endMs,
          attributes: { "chasqui.message_id": messageId, "chasqui.status": status },
        });
      }
    });
  }

  #recordMessage(message: Message, { gate, call }: UnderWay, settle: Step & { eventId: string | undefined }): void {
    const attempt = message.attempts + 1;
    const key = `${message.messageId} ${attempt}`;
    const attributes = {
      "chasqui.workspace_id": message.workspaceId,
      "chasqui.message_id": message.messageId,
      "chasqui.lane": message.lane,
      "chasqui.attempt": attempt,
    };
    const traceOf = settle.eventId ?? message.messageId;
    const common = { kind: "internal", traceOf, key, attributes } as const;
    const above = settle.eventId ? { parent: { name: "signal.apply", key: "" } } : {};
    this.#record({ ...common, ...above, ...gate, name: "message.gate" });
    if (call) {
      const { outcome, ...times } = call;
      this.#record({
        ...common,
        ...times,
        name: "message.call",
        kind: "client",
        parent: { name: "message.gate", key },
        attributes: { ...attributes, "chasqui.outcome": outcome },
        isError: outcome !== "accepted",
      });
    }
    this.#record({
      ...common,
      startMs: settle.startMs,
      endMs: settle.endMs,
      name: "message.settle",
      parent: { name: call ? "message.call" : "message.gate", key },
    });
  }

  #record(span: SpanFacts): void {
    this.#tracing.record({ ...span, attributes: { ...span.attributes, "chasqui.worker_id": this.#workerId } });
  }

  /** A trace that cannot be told must not disturb what it tells of. */
  async #beside(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.debug({ error: String(error) }, "spans could not be told");
    }
  }
}
