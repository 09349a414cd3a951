import { setTimeout as delay } from "node:timers/promises";
import { Agent, request } from "undici";
import type { FaultStack } from "../stack/fault-stack.ts";
import type { World } from "../world/build-world.ts";
import type { Person } from "../world/person.ts";
import type { MadeEvent, Phase } from "./made-event.ts";

export type LoadPlan = {
  eventsPerSecond: number;
  /** Events in one call, at most. */
  batch: number;
  /** How long a call may take before it is tried again. */
  timeoutMs: number;
  /** While the fault lasts, the events left for it are spread over so many seconds, each time anew. */
  lastsSeconds: number;
};

/** How long a service or marketing event waits before its message, in part of them. */
const waitMs = 2_000;
const tickMs = 50;
const mostCalls = 24;
const leastPerSecond = 4;

/**
 * A source system as one should be: it sends each event until the door says yes, under one message id. Beside it some people write
 * STOP. A quarter of the events comes before the fault, at least a quarter after it, and the rest while it lasts.
 */
export class Load {
  readonly events: readonly MadeEvent[];
  phase: Phase = "before";
  /** When somebody wrote STOP, by the product's clock. */
  readonly stops = new Map<Person, number>();
  /** How much of what each person has to say is said. */
  readonly #said = new Map<Person, number>();
  readonly #stack: FaultStack;
  readonly #world: World;
  readonly #plan: LoadPlan;
  readonly #agent = new Agent({ connections: mostCalls, pipelining: 1 });
  readonly #underWay = new Set<Promise<void>>();
  #next = 0;
  #failure: unknown = null;
  #isOver = false;
  #isPaused = false;

  constructor(stack: FaultStack, world: World, events: readonly MadeEvent[], plan: LoadPlan) {
    this.#stack = stack;
    this.#world = world;
    this.events = events;
    this.#plan = plan;
  }

  /** Events handed to the door so far. */
  get sent(): number {
    return this.#next;
  }

  get accepted(): number {
    return this.events.reduce((count, { acceptedAt }) => count + (acceptedAt === null ? 0 : 1), 0);
  }

  /** Events that have not been handed to the door yet. */
  get left(): number {
    return this.events.length - this.#next;
  }

  /** Resolves when so many events are accepted. Throws after `withinMs`. */
  async untilAccepted(count: number, withinMs = 60_000): Promise<void> {
    await this.#stack.until(`${count} events accepted`, async () => this.accepted >= count, withinMs);
  }

  /** Sends nothing more for a while; resolves when the door has taken what was under way. */
  async pause(): Promise<void> {
    this.#isPaused = true;
    await Promise.allSettled(this.#underWay);
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** Sends the first quarter, `during` beside the next, and the rest; resolves when the door has taken all of it. */
  async run(during: () => Promise<void>): Promise<void> {
    const quarter = Math.floor(this.events.length / 4);
    await this.#sendUpTo(quarter);
    await this.#untilServed();
    this.phase = "during";
    const fault = during().finally(() => {
      this.phase = "after";
    });
    const rejected = fault.catch(() => undefined);
    await this.#sendUpTo(this.events.length - quarter, () => this.phase === "after");
    await fault;
    await rejected;
    await this.#sendUpTo(this.events.length);
    await this.#untilTaken();
  }

  /** So that the figures of "before" are of an undisturbed product: what was sent is out, but not waited for long. */
  async #untilServed(): Promise<void> {
    const open = "select (select count(*) from signal_queue) + (select count(*) from outbox) as n";
    const isServed = async () => this.accepted === this.#next && (await this.#stack.count(open)) === 0;
    await this.#stack.until("the first events are served", isServed, 3_000).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#agent.destroy();
    await Promise.allSettled(this.#underWay);
  }

  /** `isCutShort`: ends it early, and until then makes the events last: some come as long as the fault does. */
  async #sendUpTo(end: number, isCutShort?: () => boolean): Promise<void> {
    let due = 0;
    while (this.#next < end && !isCutShort?.()) {
      if (this.#isPaused) {
        await delay(tickMs);
        continue;
      }
      const wanted = this.#plan.eventsPerSecond;
      const perSecond = isCutShort
        ? Math.min(wanted, Math.max(leastPerSecond, (end - this.#next) / this.#plan.lastsSeconds))
        : wanted;
      due += (perSecond * tickMs) / 1000;
      if (this.#underWay.size < mostCalls && due >= 1) {
        const batch = this.events.slice(this.#next, Math.min(end, this.#next + Math.floor(due)));
        due = 0;
        this.#next += batch.length;
        for (let from = 0; from < batch.length; from += this.#plan.batch)
          this.#start(batch.slice(from, from + this.#plan.batch));
        this.#letPeopleWrite();
      }
      await delay(tickMs);
    }
  }

  #start(events: MadeEvent[]): void {
    const call = this.#send(events)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#underWay.delete(call));
    this.#underWay.add(call);
  }

  async #send(events: MadeEvent[]): Promise<void> {
    const now = this.#stack.now();
    for (const event of events) {
      event.sentAt = now;
      event.phase = this.phase;
      if (event.properties.waits) event.properties.wakeAt = new Date(now + waitMs).toISOString();
    }
    const body = JSON.stringify({ batch: events.map(bodyOf) });
    for (let pauseMs = 100; !this.#isOver; pauseMs = Math.min(pauseMs * 2, 1_000)) {
      for (const event of events) event.tries += 1;
      if (await this.#post(body)) {
        const at = this.#stack.now();
        for (const event of events) event.acceptedAt = at;
        return;
      }
      await delay(pauseMs);
    }
  }

  async #post(body: string): Promise<boolean> {
    try {
      const { statusCode, body: answer } = await request(`${this.#stack.doorUrl}/v1/batch`, {
        method: "POST",
        headers: { authorization: `Bearer ${this.#world.writeKey}`, "content-type": "application/json" },
        body,
        dispatcher: this.#agent,
        headersTimeout: this.#plan.timeoutMs,
        bodyTimeout: this.#plan.timeoutMs,
      });
      const text = await answer.text();
      if (statusCode === 200 && !text.includes('"rejected":[]'))
        throw new Error(`The door refuses the load: ${text.slice(0, 300)}`);
      return statusCode === 200;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("The door refuses")) throw error;
      return false;
    }
  }

  #letPeopleWrite(): void {
    const share = this.#next / this.events.length;
    for (const person of this.#world.people) {
      const { stopsAfter, words } = person;
      const said = this.#said.get(person) ?? 0;
      const next = words[said];
      if (next && next.after <= share) {
        this.#said.set(person, said + 1);
        this.#say(person, next.text, () => undefined);
      }
      if (stopsAfter === null || stopsAfter > share || this.stops.has(person)) continue;
      this.stops.set(person, this.#stack.now());
      this.#say(person, "STOP", () => void this.stops.delete(person));
    }
  }

  /** A sandbox that is away loses what was said: they have not said it then. */
  #say(person: Person, text: string, onLost: () => void): void {
    const said = this.#stack.control.say(person.phone, text).then(() => undefined, onLost);
    const call = said.finally(() => this.#underWay.delete(call));
    this.#underWay.add(call);
  }

  async #untilTaken(): Promise<void> {
    await this.#stack.until(
      "the door has taken every event",
      async () => this.#failure !== null || this.accepted === this.events.length,
      120_000,
    );
    if (this.#failure !== null) throw this.#failure;
  }
}

const bodyOf = ({ ref, name, person, properties }: MadeEvent) => ({
  type: "track",
  messageId: ref,
  userId: person.externalId,
  event: name,
  properties,
});
