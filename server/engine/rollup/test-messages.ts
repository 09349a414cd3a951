import { sql } from "drizzle-orm";
import * as tables from "#db/schema/index.ts";
import type { TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import type { SampleWorld } from "../sample-world.ts";
import { foldCounts } from "./fold-counts.ts";
import { recountDue } from "./rebuild-counts.ts";

export type Message = typeof tables.message.$inferSelect;
const hour = 3_600_000;
export const start = Date.parse("2026-11-20T08:00:00Z");

/** Says of one message what it counts as, without any of the SQL. */
export function countsOf(m: Message): Record<string, number> {
  const isOut = m.direction === "outbound";
  const within = (at: Date | null, hours: number) =>
    isOut && at !== null && m.sentAt !== null && at.getTime() <= m.sentAt.getTime() + hours * hour;
  const hasLeft = isOut && m.sentAt !== null;
  const hasActed = m.clickedAt !== null || m.repliedAt !== null;
  const hasRead = hasActed || m.readAt !== null;
  const hasArrived = hasRead || m.deliveredAt !== null;
  const isFree = m.pricingType === "free_customer_service" || m.pricingType === "free_entry_point";
  const isValued = hasLeft && m.convertedAt !== null && m.valueMinor !== null;
  const claims: Record<string, boolean> = {
    made: isOut,
    sent: hasLeft,
    delivered: hasLeft && hasArrived,
    read: hasLeft && hasRead,
    clicked: within(m.clickedAt, 72),
    replied: within(m.repliedAt, 72),
    tapped: within(m.tappedAt, 72),
    acted: within(m.clickedAt, 72) || within(m.repliedAt, 72),
    converted: hasLeft && m.convertedAt !== null,
    opted_out: hasLeft && m.optedOutAt !== null,
    failed: isOut && m.status === "failed",
    limited: isOut && m.status === "failed" && m.errorCode === 131_049,
    skipped: isOut && m.status === "skipped",
    rated: isOut && m.score !== null,
    satisfied: isOut && (m.score ?? 0) >= 4,
    conversed: !isOut,
    automated: !isOut && m.handedOffAt === null,
    valued: isValued,
    unpriced: isOut && hasArrived && !isFree && m.costMicros === null,
  };
  return {
    ...Object.fromEntries(Object.entries(claims).map(([name, is]) => [name, Number(is)])),
    cost_micros: isOut && hasArrived && !isFree ? (m.costMicros ?? 0) : 0,
    value_minor: isValued ? (m.valueMinor ?? 0) : 0,
  };
}

/** The same by currency: what a goal was worth stands apart from what the message cost. */
export function countsByCurrency(m: Message): { currency: string | null; counts: Record<string, number> }[] {
  const { valued = 0, value_minor = 0, ...rest } = countsOf(m);
  const costs = { currency: m.costCurrency, counts: { ...rest, valued: 0, value_minor: 0 } };
  if (valued === 0) return [costs];
  const none = Object.fromEntries(Object.keys(rest).map((name) => [name, 0]));
  return [costs, { currency: m.valueCurrency, counts: { ...none, valued, value_minor } }];
}

export const isCounted = ({ status, direction, opensConversation }: Message) =>
  status !== "queued" && status !== "sending" && (direction === "outbound" || opensConversation);

/** Messages to which anything may happen that the engine, providers and people do to them, in any order and at any time. */
export class RandomMessages {
  now = start;
  readonly #database: TestDatabase;
  readonly #world: SampleWorld;
  readonly #random: () => number;
  readonly #flows = [newId(), newId()];
  readonly #contactId = newId();

  constructor(database: TestDatabase, world: SampleWorld, random: () => number) {
    this.#database = database;
    this.#world = world;
    this.#random = random;
  }

  #pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[Math.floor(this.#random() * items.length)] ?? items[0];
  }

  async make(): Promise<void> {
    const rows = Array.from({ length: 1 + Math.floor(this.#random() * 12) }, () => {
      const direction = this.#pick(["outbound", "outbound", "outbound", "inbound"] as const);
      const isOut = direction === "outbound";
      return {
        id: newId(),
        workspaceId: this.#world.workspaceId,
        shard: 0,
        contactId: this.#contactId,
        direction,
        type: "template",
        status: isOut ? ("queued" as const) : ("received" as const),
        opensConversation: !isOut && this.#random() < 0.5,
        flowId: isOut ? this.#pick([null, ...this.#flows]) : null,
        nodeId: isOut ? this.#pick(["one", "two"]) : null,
        template: isOut ? this.#pick(["hello", "reminder", null]) : null,
        country: this.#pick(["SN", "IN", null]),
        purpose: isOut ? this.#pick(["service", "marketing"] as const) : null,
        createdAt: new Date(this.now),
      };
    });
    await this.#database.db.insert(tables.message).values(rows);
  }

  /** Something becomes of a part of all messages, by one statement. */
  async happen(): Promise<void> {
    const at = sql`${new Date(this.now).toISOString()}::timestamptz`;
    const what = this.#pick([
      sql`status = 'sent', sent_at = ${at}, language = 'fr', cost_micros = 1400, cost_currency = 'USD'`,
      sql`status = 'sent', sent_at = ${at}, language = 'en', channel_id = ${this.#world.channelId}::uuid`,
      sql`status = 'delivered', delivered_at = ${at}, sent_at = coalesce(sent_at, ${at})`,
      sql`status = 'read', read_at = ${at}, sent_at = coalesce(sent_at, ${at}), pricing_type = 'free_customer_service'`,
      sql`status = 'failed', failed_at = ${at}, reason = 'undelivered', error_code = ${this.#pick([131_049, 131_026])}`,
      sql`status = 'skipped', reason = ${this.#pick(["no-consent", "frequency-cap"])}`,
      sql`status = 'unknown', reason = 'unknown-outcome'`,
      sql`clicked_at = ${at}`,
      sql`replied_at = ${at}, tapped_at = ${at}`,
      sql`converted_at = ${at}`,
      sql`converted_at = ${at}, value_minor = ${this.#pick([0, 450_000, 99_999_999])}, value_currency = ${this.#pick(["COP", "USD", "XOF"])}`,
      sql`opted_out_at = ${at}, score = ${this.#pick([1, 3, 4, 5])}`,
      sql`content = null`,
    ]);
    const share = this.#random() * 0.5;
    await this.#database.db.execute(sql`
      update message set ${what}
      where workspace_id = ${this.#world.workspaceId} and direction = 'outbound' and hashtext(id::text || ${String(this.now)}) % 1000 < ${Math.floor(share * 1000)}
        and hashtext(id::text || ${String(this.now)}) >= 0`);
    if (this.#random() < 0.2)
      await this.#database.db.execute(
        sql`update message set handed_off_at = ${at} where workspace_id = ${this.#world.workspaceId} and opens_conversation and hashtext(id::text) % 3 = 0`,
      );
  }

  pass(): void {
    this.now += Math.floor(this.#random() * 30 * hour);
  }
}

/** Until all is counted. */
export async function countAll({ pool }: TestDatabase): Promise<void> {
  while (await recountDue(pool));
  while ((await foldCounts(pool)) > 0);
}
