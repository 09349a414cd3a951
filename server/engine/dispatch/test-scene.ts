import * as tables from "#db/schema/index.ts";
import type { FlowSettings } from "#flow/graph.ts";
import { systemClock } from "#server/clock.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { sampleSecret } from "../sample-world.ts";
import { SignalHost } from "../signals/signal-host.ts";
import type { TestRig } from "../test-rig.ts";
import { ChannelBook } from "./channel-book.ts";
import { claimMessages, type ToSend } from "./claim-messages.ts";
import { dueWorkspaces } from "./claim-outbox.ts";
import type { Settled } from "./settle.ts";

export const patience = { timeout: 40_000, interval: 20 };

/** A send of the sample template. */
export const hello = {
  id: "hi",
  type: "send",
  data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
};

/** Verbs of the tests about dispatching, on one rig. */
export class DispatchScene {
  readonly rig: TestRig;
  readonly #host: SignalHost;

  constructor(rig: TestRig) {
    this.rig = rig;
    this.#host = new SignalHost({ pool: rig.database.pool, clock: systemClock, log: createLog("worker") });
  }

  /** A flow that sends hello whenever the event of this name comes. */
  sends(name: string, settings: Partial<FlowSettings> = {}): Promise<string> {
    return this.rig.world.publish(name, [hello], [["start", "next", "hi"]], {
      purpose: "transaction",
      reEntry: { mode: "every-event" },
      ...settings,
    });
  }

  /** Queues messages by these events, in this order, each later than the one before. */
  async queue(person: string, ...events: string[]): Promise<void> {
    for (const event of events) {
      await this.rig.world.sendEvent(person, event);
      await this.#host.applyQueued();
    }
  }

  applyQueued() {
    return this.#host.applyQueued();
  }

  /** Claims whatever is due, as the worker of this id does, and calls nobody. */
  async claim(workerId: string = newId(), allowance = 100): Promise<(ToSend & { claim: string })[]> {
    const { pool } = this.rig.database;
    const now = new Date();
    const due = (await dueWorkspaces(pool, { now })).map((each) => ({ ...each, allowance }));
    const claim = `${workerId}/${newId()}`;
    const channels = new ChannelBook(sampleSecret);
    const { toSend } = await claimMessages(pool, due, { channels, publicUrl: "http://localhost", now, claim });
    return toSend.map((message) => ({ ...message, claim }));
  }

  settled({ candidate, channel, claim }: ToSend & { claim: string }, settlement: Settled["settlement"]): Settled {
    return { message: candidate, channelId: channel.id, claim, at: new Date(), settlement };
  }

  messages() {
    return this.rig.database.db.select().from(tables.message).orderBy(tables.message.id);
  }

  outbox() {
    return this.rig.database.db.select().from(tables.outbox).orderBy(tables.outbox.messageId);
  }

  /** Our ids of what the sandbox has taken, in its order. */
  get takenIds(): (string | undefined)[] {
    return this.rig.accepted.map((message) => message.ref);
  }
}
