import { DueQueue } from "../due-queue.ts";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { type PlannedStatus, planStatuses } from "./status-plan.ts";

const rank = { accepted: 0, received: 0, sent: 1, delivered: 2, read: 3, failed: 4 } as const;
const longestSleepMs = 60_000;

/** Makes planned statuses happen when the virtual clock reaches them. One timer for all of them. */
export class StatusTimer {
  readonly #sandbox: Sandbox;
  readonly #due = new DueQueue<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #wakesAt = Number.POSITIVE_INFINITY;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  get isIdle(): boolean {
    return this.#due.size === 0;
  }

  /** Plans what this message has still ahead of it. */
  plan(message: Message): void {
    const { world, seed } = this.#sandbox;
    for (const planned of planStatuses(message, world.userOf(message.waId), world.schedule, seed)) {
      if (rank[planned.status] > rank[message.status]) this.#due.add(planned.dueAt, () => this.#happen(planned));
    }
    this.#sleep();
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
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#wakesAt = Number.POSITIVE_INFINITY;
  }

  #happen({ wamid, status, dueAt, code }: PlannedStatus): void {
    const message = this.#sandbox.world.messages.get(wamid);
    // The plan may be older than the world: a phone that was switched off since is not reached.
    if (!message || rank[status] <= rank[message.status]) return;
    const { behaviour } = this.#sandbox.world.userOf(message.waId);
    if (behaviour.phone === "off" && (status === "delivered" || status === "read")) return;
    if (!behaviour.readReceipts && status === "read") return;
    this.#sandbox.tell({ kind: "status", wamid, status, at: dueAt, ...(code === undefined ? {} : { code }) });
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
