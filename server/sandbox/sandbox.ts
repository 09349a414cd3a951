import path from "node:path";
import { Calendar } from "./calendar.ts";
import { callbackOf } from "./delivery/callback.ts";
import { StatusTimer } from "./delivery/status-timer.ts";
import { contactOf, metadata } from "./delivery/webhook-body.ts";
import { WebhookSender } from "./delivery/webhook-sender.ts";
import { Faults } from "./faults.ts";
import type { Template } from "./graph/template.ts";
import { planTemplate } from "./graph/template-plan.ts";
import { messageArrived } from "./graph/template-removal.ts";
import type { SandboxIdentity } from "./identity.ts";
import { keptRecords } from "./kept-records.ts";
import { Ledger } from "./ledger.ts";
import { Limiter } from "./limiter.ts";
import type { LedgerRecord, Message, NewUpdate, Update, User } from "./record.ts";
import { RequestLog } from "./request-log.ts";
import { seedTemplates } from "./seed-templates.ts";
import { Traffic } from "./traffic.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { World } from "./world.ts";

const windowMs = 24 * 3_600_000;

export type SandboxOptions = {
  /** CHASQUI_HOME; the sandbox keeps its things in `sandbox/` below it. */
  home: string;
  identity: SandboxIdentity;
  /** Ids and delays come from it: the same calls in the same order give the same answers. */
  seed: string;
};

/** A WhatsApp Cloud API in one process: world, ledger, clock and what is told to the subscriber. HTTP is a skin over it. */
export class Sandbox {
  readonly identity: SandboxIdentity;
  readonly seed: string;
  readonly mediaFolder: string;
  readonly clock = new VirtualClock();
  readonly faults = new Faults();
  readonly requests = new RequestLog();
  readonly traffic = new Traffic();
  readonly webhooks: WebhookSender;
  readonly statuses: StatusTimer;
  /** What is days ahead (the end of a pause, a change of category); it does not keep the sandbox from being idle. */
  readonly calendar: Calendar;
  #world = new World();
  #limiter: Limiter;
  readonly #ledger: Ledger;

  private constructor(options: SandboxOptions, world: World, ledger: Ledger) {
    this.identity = options.identity;
    this.seed = options.seed;
    this.mediaFolder = path.join(options.home, "sandbox", "media");
    this.#world = world;
    this.#ledger = ledger;
    this.clock.offsetMs = world.clockOffsetMs;
    this.#limiter = this.#newLimiter();
    this.webhooks = new WebhookSender(this);
    this.statuses = new StatusTimer(this);
    this.calendar = new Calendar(this.clock);
  }

  /** Replays the ledger and goes on where it stopped: pending updates are told again, planned statuses planned again. */
  static async open(options: SandboxOptions): Promise<Sandbox> {
    const world = new World();
    const file = path.join(options.home, "sandbox", "ledger.jsonl");
    const ledger = await Ledger.open(file, (line) => world.apply(line as LedgerRecord));
    const sandbox = new Sandbox(options, world, ledger);
    sandbox.limiter.recall();
    if (world.templates.size === 0 && world.objectCount === 0) await seedTemplates(sandbox);
    for (const update of [...world.pending.values()]) sandbox.webhooks.push(update);
    for (const template of world.templates.values()) planTemplate(sandbox, template);
    for (const message of world.log) if (message.direction === "outbound") sandbox.statuses.plan(message);
    return sandbox;
  }

  get world(): World {
    return this.#world;
  }

  get limiter(): Limiter {
    return this.#limiter;
  }

  /** Changes the world now; resolves when the change is on disk. */
  commit(record: LedgerRecord): Promise<void> {
    this.#world.apply(record);
    return this.#ledger.append(record);
  }

  /** Keeps a template as it stands now and plans what it has ahead of it. */
  keepTemplate(template: Template): Promise<void> {
    const written = this.commit({ k: "template", template });
    planTemplate(this, template);
    return written;
  }

  /** Hands every record that is on disk to `read`, oldest first. */
  readLedger(read: (record: LedgerRecord) => void): Promise<void> {
    return this.#ledger.read((line) => read(line as LedgerRecord));
  }

  /** Takes a message into the ledger and plans its statuses; resolves when its line is written. */
  async accept(message: Message): Promise<void> {
    const written = this.commit({ k: "message", message });
    await written;
    this.statuses.plan(message);
  }

  /** Records that something happened and tells the subscriber, if there is one. */
  tell(news: NewUpdate): Promise<void> {
    const update: Update = { n: this.#world.updateCount + 1, ...news };
    const isHeard = !this.#isBlocked(news);
    const isPending = isHeard && this.#isTold(news);
    if (isHeard) this.traffic.add({ kind: "webhook", at: update.at, update });
    const written = this.commit({ k: "update", update, isPending });
    if (isPending) this.webhooks.push(update);
    if (news.kind === "status" && news.status !== "sent") this.#noteArrival(news.wamid, news.at);
    return written;
  }

  /** Tells the subscriber that a person stopped or resumed marketing (section 11.3). */
  tellPreference(user: User, value: "stop" | "resume"): Promise<void> {
    const at = this.clock.now();
    const preference = {
      wa_id: user.waId,
      user_id: user.bsuid,
      detail: `User requested to ${value} marketing messages`,
      category: "marketing_messages",
      value,
      timestamp: Math.floor(at / 1000),
    };
    const told = {
      ...metadata(this, this.identity.phoneNumberId),
      contacts: [contactOf(this, user.waId)],
      user_preferences: [preference],
    };
    return this.tell({ kind: "event", field: "user_preferences", value: told, isTimed: false, at });
  }

  /** Whether free-form messages reach this person now. Numbers that end in 0047 are always outside (section 15). */
  isInWindow(user: User): boolean {
    if (user.waId.endsWith("0047")) return false;
    return user.lastInboundAt !== null && this.clock.now() - user.lastInboundAt < windowMs;
  }

  /** Moves the clock forward and lets everything happen that is due by then. */
  async advance(ms: number): Promise<void> {
    this.clock.offsetMs += ms;
    await this.commit({ k: "clock", offsetMs: this.clock.offsetMs });
    this.statuses.fire();
    this.calendar.fire();
    this.webhooks.retryNow();
  }

  /**
   * Empties the ledger and undoes what the control plane has set. The account, its people and the clock stay, unless
   * `everything` takes the sandbox back to its first day; the subscription stays even then.
   */
  async reset(everything: boolean): Promise<void> {
    const before = this.#world;
    this.statuses.clear();
    this.calendar.clear();
    this.webhooks.clear();
    this.faults.clear();
    this.requests.clear();
    this.traffic.clear();
    await this.#ledger.clear();
    this.#world = new World();
    this.#limiter = this.#newLimiter();
    if (everything) {
      this.clock.offsetMs = 0;
      await this.commit({ k: "subscription", subscription: before.subscription });
      await seedTemplates(this);
      return;
    }
    await Promise.all([...keptRecords(before)].map((record) => this.commit(record)));
    for (const template of this.#world.templates.values()) planTemplate(this, template);
  }

  async close(): Promise<void> {
    this.statuses.clear();
    this.calendar.clear();
    await this.webhooks.close();
    await this.#ledger.close();
  }

  // What a blocked person writes does not reach the business.
  #isBlocked(news: NewUpdate): boolean {
    return news.kind === "inbound" && this.#world.account.blocked.has(news.waId);
  }

  #isTold(news: NewUpdate): boolean {
    return this.#world.account.hooks.isSubscribed && callbackOf(this.#world, news) !== null;
  }

  // Looked up before anything is called: this runs for every status of every message.
  #noteArrival(wamid: string, at: number): void {
    const id = this.#world.messages.get(wamid)?.template?.id;
    if (id !== undefined && this.#world.templates.get(id)?.status === "PENDING_DELETION")
      void messageArrived(this, id, at);
  }

  #newLimiter(): Limiter {
    return new Limiter(this.#world, this.clock, (user) => this.isInWindow(user));
  }
}
