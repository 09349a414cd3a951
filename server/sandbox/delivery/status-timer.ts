import { DueQueue } from "../due-queue.ts";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { brokenLink } from "./link-check.ts";
import { type PlannedStatus, planStatuses } from "./status-plan.ts";

const rank = { accepted: 0, received: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 5 } as const;
const longestSleepMs = 60_000;
const dayMs = 86_400_000;
const codeLifeMs = 600_000;

/** Makes planned statuses happen when the virtual clock reaches them. One timer for all of them. */
export class StatusTimer {
  readonly #sandbox: Sandbox;
  readonly #due = new DueQueue<() => void>();
  /** Messages of paced templates, held for quality assessment. */
  readonly #held = new Set<Message>();
  /** Links of media that are being fetched. */
  readonly #links = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #wakesAt = Number.POSITIVE_INFINITY;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  get isIdle(): boolean {
    return this.#due.size === 0 && this.#links.size === 0;
  }

  /** Plans what this message has still ahead of it; `from` is when its delivery begins. */
  plan(message: Message, from = message.at): void {
    const { world } = this.#sandbox;
    const { limits } = world;
    if (message.status === "accepted" && message.failsWith === undefined) {
      if (message.template && limits.paced.includes(message.template.name)) {
        this.#held.add(message);
        return;
      }
      if (limits.fetchesLinks) {
        this.#fetchThenPlan(message, from);
        return;
      }
    }
    this.#plan(message, from);
  }

  /** Lets go what pacing has held of these templates; what is no longer approved by then fails (132015). */
  release(templateNames: string[]): void {
    for (const message of this.#held) {
      const { template } = message;
      if (!template || !templateNames.includes(template.name)) continue;
      this.#held.delete(message);
      const now = this.#sandbox.clock.now();
      const isApproved = this.#sandbox.world.templates.get(template.id)?.status === "APPROVED";
      if (isApproved) this.plan(message, now);
      else void this.#fail(message, 132015, now);
    }
  }

  #plan(message: Message, from: number): void {
    const { world, seed } = this.#sandbox;
    const { schedule, crowd, chaos } = world;
    const facts = { schedule, crowd, seed, from, ttlMs: this.#ttlMs(message), skipsDelivered: chaos.skipsDelivered };
    for (const planned of planStatuses(message, world.userOf(message.waId), facts)) {
      if (rank[planned.status] > rank[message.status]) this.#due.add(planned.dueAt, () => this.#happen(planned));
    }
    this.#sleep();
  }

  // Authentication codes live ten minutes unless the template says otherwise, everything else thirty days (section 4).
  #ttlMs({ template }: Message): number {
    if (!template) return 30 * dayMs;
    const seconds = this.#sandbox.world.templates.get(template.id)?.ttlSeconds ?? null;
    if (seconds !== null && seconds > 0) return seconds * 1000;
    return template.category === "AUTHENTICATION" ? codeLifeMs : 30 * dayMs;
  }

  #fetchThenPlan(message: Message, from: number): void {
    const fetching = brokenLink(this.#sandbox, message).then((isBroken) => {
      this.#links.delete(fetching);
      // A reset may have come in between.
      if (!this.#sandbox.world.messages.has(message.wamid)) return;
      if (isBroken) return this.#fail(message, 131053, this.#sandbox.clock.now());
      this.#plan(message, from);
    });
    this.#links.add(fetching);
  }

  #fail(message: Message, code: number, at: number): Promise<void> {
    return this.#sandbox.tell({ kind: "status", wamid: message.wamid, status: "failed", at, code });
  }

  /** Lets something else happen at a time of the virtual clock. */
  at(dueAt: number, happen: () => void): void {
    this.#due.add(dueAt, happen);
    this.#sleep();
  }

  /** Makes everything happen that is due by now; call it after the clock was moved. */
  fire(): void {
    const now = this.#sandbox.clock.now();
    for (let happen = this.#due.take(now); happen; happen = this.#due.take(now)) happen();
    this.#sleep();
  }

  clear(): void {
    this.#due.clear();
    this.#held.clear();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#wakesAt = Number.POSITIVE_INFINITY;
  }

  #happen({ wamid, status, dueAt, code }: PlannedStatus): void {
    const message = this.#sandbox.world.messages.get(wamid);
    // The plan may be older than the world: a phone that was switched off since is not reached.
    if (!message || rank[status] <= rank[message.status]) return;
    const { behaviour } = this.#sandbox.world.userOf(message.waId);
    if (behaviour.phone === "off" && (status === "delivered" || status === "read" || status === "played")) return;
    if (!behaviour.readReceipts && (status === "read" || status === "played")) return;
    const isFirstArrival = status === "read" && message.status !== "delivered";
    this.#sandbox.tell({
      kind: "status",
      wamid,
      status,
      at: dueAt,
      ...(code === undefined ? {} : { code }),
      ...(isFirstArrival ? { isFirstArrival } : {}),
    });
  }

  #sleep(): void {
    const next = this.#due.nextDueAt;
    if (next === null || next >= this.#wakesAt) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#wakesAt = next;
    const delayMs = Math.min(Math.max(next - this.#sandbox.clock.now(), 1), longestSleepMs);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#wakesAt = Number.POSITIVE_INFINITY;
      this.fire();
    }, delayMs);
  }
}
