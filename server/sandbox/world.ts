import { Account } from "./account/account.ts";
import { type Template, templateKey } from "./graph/template.ts";
import { monthOf } from "./price.ts";
import type {
  Chaos,
  Crowd,
  LedgerRecord,
  Limits,
  Media,
  Message,
  Schedule,
  Subscription,
  Update,
  User,
} from "./record.ts";

const dayMs = 86_400_000;
const rank = { accepted: 0, received: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 5 } as const;

const noLimits: Limits = {
  mps: null,
  pair: false,
  tier: null,
  window: "async",
  marketingPerUser: null,
  isUsMarketingPaused: false,
  allowed: null,
  fetchesLinks: false,
  freeService: null,
  hasCard: true,
  hasPaymentsTerms: true,
  isMarketingApiOnly: false,
  addressing: "plain",
  paced: [],
};
const noChaos: Chaos = { duplicates: false, reorders: false, skipsDelivered: false, updatesPerCall: 200 };
const plainCrowd: Crowd = { unreachable: 0, hidesReads: 0, unread: 0, delivered: null, read: null };
const fastSchedule: Schedule = { sentMs: 50, deliveredMs: 250, readMs: 1000, playedMs: 1500, reviewMs: 0 };

type SettingRecord = Exclude<
  LedgerRecord,
  {
    k:
      | "message"
      | "update"
      | "acked"
      | "seen"
      | "link-tap"
      | "user"
      | "template"
      | "template-gone"
      | "media"
      | "media-gone";
  }
>;

/** All the sandbox knows, in memory. It changes only by `apply`, with the same records the ledger keeps. */
export class World {
  readonly messages = new Map<string, Message>();
  /** The same messages, oldest first. */
  readonly log: Message[] = [];
  readonly users = new Map<string, User>();
  readonly usersByBsuid = new Map<string, User>();
  readonly templates = new Map<string, Template>();
  readonly templatesByKey = new Map<string, Template>();
  /** When templates were created, oldest first, also those that are gone: Meta counts them by the hour. */
  readonly templateCreations: number[] = [];
  /** Name -> when an approved template of that name was deleted. */
  readonly deletedNames = new Map<string, number>();
  readonly media = new Map<string, Media>();
  readonly account = new Account();
  /** Until when a person sees that the business is typing. In memory only. */
  readonly typingUntil = new Map<string, number>();
  /** Updates the subscriber has not acknowledged yet. */
  readonly pending = new Map<number, Update>();
  subscription: Subscription | null = null;
  /** Service messages by `number|month`: the first thousand of each are free. */
  readonly serviceCounts = new Map<string, number>();
  limits: Limits = noLimits;
  schedule: Schedule = fastSchedule;
  chaos: Chaos = noChaos;
  crowd: Crowd = plainCrowd;
  clockOffsetMs = 0;
  /** Numbers given out so far; the next ids come from them. */
  outboundCount = 0;
  inboundCount = 0;
  updateCount = 0;
  objectCount = 0;

  apply(record: LedgerRecord): void {
    switch (record.k) {
      case "message":
        this.#addMessage(record.message);
        return;
      case "update":
        this.#addUpdate(record.update, record.isPending);
        return;
      case "acked":
        for (const n of record.ns) this.pending.delete(n);
        return;
      case "seen":
        this.#moveTo(record.wamid, "read");
        return;
      case "link-tap":
        this.#countTap(record.wamid, record.label);
        return;
      case "user":
        this.users.set(record.user.waId, record.user);
        this.usersByBsuid.set(record.user.bsuid, record.user);
        return;
      case "template":
        this.#setTemplate(record.template);
        return;
      case "template-gone":
        this.#removeTemplate(record.id, record.at);
        return;
      case "media":
        this.objectCount += 1;
        this.media.set(record.media.id, record.media);
        return;
      case "media-gone":
        this.media.delete(record.id);
        return;
      default:
        this.#applySetting(record);
    }
  }

  #applySetting(record: SettingRecord): void {
    switch (record.k) {
      case "subscription":
        this.subscription = record.subscription;
        return;
      case "clock":
        this.clockOffsetMs = record.offsetMs;
        return;
      case "limits":
        // A line of an older sandbox lacks the switches that came later.
        this.limits = { ...noLimits, ...record.limits };
        return;
      case "schedule":
        this.schedule = { ...fastSchedule, ...record.schedule };
        return;
      case "chaos":
        this.chaos = { ...noChaos, ...record.chaos };
        return;
      case "crowd":
        this.crowd = record.crowd;
        return;
      case "counters":
        this.outboundCount = record.outboundCount;
        this.inboundCount = record.inboundCount;
        this.updateCount = record.updateCount;
        this.objectCount = record.objectCount;
        return;
      case "cleared":
      case "closed":
        return;
      default:
        this.account.apply(record);
    }
  }

  /** The person behind a number. Every number has WhatsApp here until the control plane says otherwise. */
  userOf(waId: string): User {
    const known = this.users.get(waId);
    if (known) return known;
    const behaviour = { phone: "on", readReceipts: true, fault: null, delayFactor: 1 } as const;
    const bsuid = `US.1${waId.padStart(19, "0")}`;
    const user: User = {
      waId,
      name: `User ${waId.slice(-4)}`,
      bsuid,
      behaviour,
      lastInboundAt: null,
      hasStoppedMarketing: false,
    };
    this.users.set(waId, user);
    this.usersByBsuid.set(bsuid, user);
    return user;
  }

  #addMessage(message: Message): void {
    this.messages.set(message.wamid, message);
    this.log.push(message);
    if (message.direction === "outbound") {
      this.outboundCount += 1;
      if (this.typingUntil.size > 0) this.typingUntil.delete(message.waId);
      if (message.failsWith === undefined) this.#count(message);
      return;
    }
    this.inboundCount += 1;
    const user = this.userOf(message.waId);
    user.lastInboundAt = message.at;
    if (message.content?.referral !== undefined) user.adAt = message.at;
  }

  /** What an accepted message uses up: a free service message, a place under the marketing cap, an answer to an ad. */
  #count({ price, phoneNumberId, at, waId, template, freeEntryUntil }: Message): void {
    if (price?.category === "service") {
      const key = `${phoneNumberId}|${monthOf(at)}`;
      this.serviceCounts.set(key, (this.serviceCounts.get(key) ?? 0) + 1);
    }
    if (template?.category === "MARKETING") {
      const user = this.userOf(waId);
      user.marketingAt = [...(user.marketingAt ?? []).filter((before) => before > at - dayMs), at];
    }
    if (freeEntryUntil !== undefined) {
      const user = this.userOf(waId);
      user.freeEntryUntil = freeEntryUntil;
      delete user.adAt;
    }
  }

  #addUpdate(update: Update, isPending: boolean): void {
    this.updateCount = Math.max(this.updateCount, update.n);
    if (isPending) this.pending.set(update.n, update);
    if (update.kind !== "status") return;
    this.#moveTo(update.wamid, update.status);
    const message = this.messages.get(update.wamid);
    if (message && update.code !== undefined) message.failsWith ??= update.code;
  }

  #moveTo(wamid: string, status: Message["status"]): void {
    const message = this.messages.get(wamid);
    if (message && rank[status] > rank[message.status]) message.status = status;
  }

  #countTap(wamid: string, label: string): void {
    const message = this.messages.get(wamid);
    if (message) message.linkTaps = { ...message.linkTaps, [label]: (message.linkTaps?.[label] ?? 0) + 1 };
  }

  #setTemplate(template: Template): void {
    if (!this.templates.has(template.id)) {
      this.objectCount += 1;
      if (template.createdAt !== undefined) this.templateCreations.push(template.createdAt);
    }
    this.templates.set(template.id, template);
    this.templatesByKey.set(templateKey(template), template);
  }

  #removeTemplate(id: string, at: number): void {
    const template = this.templates.get(id);
    if (!template) return;
    this.templates.delete(id);
    this.templatesByKey.delete(templateKey(template));
    // The id counter counts templates ever made, so a deleted id never comes back.
    if (template.status === "APPROVED" || template.wasApproved) this.deletedNames.set(template.name, at);
  }
}
