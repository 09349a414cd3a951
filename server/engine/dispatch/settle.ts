import type pg from "pg";
import { type Cost, estimateCost } from "#server/channels/prices/estimate-cost.ts";
import type { PriceCategory } from "#server/channels/prices/price-cards.ts";
import { inTransaction, query } from "../query.ts";
import { queueStatusSignals, type StatusSignal } from "../queue-status-signals.ts";
import { tellPaused } from "../tell-troubles.ts";
import { heedFailures, type PersonalFailure } from "../webhooks/heed-failures.ts";
import { refund } from "./consume-cap.ts";
import type { Candidate } from "./load-facts.ts";
import { giveBackPairs } from "./pair-pace.ts";
import * as sql from "./settle-statements.ts";
import type { Settlement } from "./settlement.ts";

/** A call that is over. `claim` is the fencing token it was made under. */
export type Settled = {
  message: Candidate;
  channelId: string;
  claim: string;
  at: Date;
  settlement: Settlement;
  /** What the provider charges it as. */
  category?: PriceCategory;
};

/** How long an unknown outcome waits for a status before it is judged, in seconds of the database's clock. */
export const reconcileSeconds = 60;

/**
 * Writes the outcomes of calls: what was not accepted in a transaction, then what was. Safe to repeat after an error in either:
 * a claim is settled once, and the acceptances come last, so that nobody is told of one twice.
 */
export async function settle(pool: pg.Pool, results: readonly Settled[]): Promise<Aftermath> {
  // In the order in which everybody locks messages (lock-order.ts).
  const all = results.toSorted((a, b) => (a.message.messageId < b.message.messageId ? -1 : 1));
  const others = all.filter((each) => each.settlement.kind !== "sent");
  const paused = others.length === 0 ? [] : await inTransaction(pool, (client) => settleOthers(client, others));
  const accepted = all.flatMap(acceptedRow);
  if (accepted.length > 0) await query(pool, sql.settleAccepted, [JSON.stringify(accepted), sentSignal]);
  const people = [...new Set(all.map(({ message }) => message.contactId))];
  return { paused, released: (await query(pool, sql.releaseBehind, [people])).length };
}

/** What a settlement leads to: numbers it has paused, for people to be told once, and messages that may leave now. */
export type Aftermath = { paused: PausedChannel[]; released: number };
type PausedChannel = { id: string; reason: string };

/** What the enrollments that wait are told; which visit it was is known to the message. */
const sentSignal = JSON.stringify({ kind: "status", status: "sent", reason: null } satisfies Omit<
  StatusSignal,
  "visit"
>);

/** Without what is null. */
function acceptedRow({ message, channelId, claim, at, settlement, category }: Settled) {
  if (settlement.kind !== "sent") return [];
  const cost = costOf({ message, at, category });
  const { messageId: id, contactId } = message;
  const row = {
    id,
    contact_id: contactId,
    channel_id: channelId,
    claim,
    wamid: settlement.wamid,
    at: at.toISOString(),
  };
  return [cost ? { ...row, cost_micros: cost.amountMicros, cost_currency: cost.currency } : row];
}

/** By what is known at this moment: who it went to, as what, and whether their window was open. */
function costOf({ message: { contact }, at, category }: Pick<Settled, "message" | "at" | "category">): Cost | null {
  if (!contact || !category) return null;
  const lastInboundAt = contact.lastInboundAt?.getTime() ?? null;
  return estimateCost({ category, at: at.getTime(), phone: contact.phone ?? contact.waId, lastInboundAt });
}

async function settleOthers(client: pg.ClientBase, results: readonly Settled[]): Promise<PausedChannel[]> {
  const locked = await query<{ message_id: string }>(client, sql.lockClaims, [claimsOf(results)]);
  const held = new Set(locked.map((row) => row.message_id));
  const mine = results.filter((each) => held.has(each.message.messageId));
  if (mine.length === 0) return [];
  const updated = await query<{ id: string }>(client, sql.updateMessages, [JSON.stringify(mine.map(messageRow))]);
  const open = new Set(updated.map((row) => row.id));
  await query(client, sql.clearPairs, [
    mine.map(({ channelId }) => channelId),
    mine.map(({ message }) => message.contactId),
  ]);
  // A status was faster than the answer: the provider has the message, whatever came back.
  await deleteFinished(
    client,
    mine.filter((each) => !open.has(each.message.messageId)),
  );
  const others = mine.filter((each) => open.has(each.message.messageId));
  await undoClaims(client, others);
  const retries = others.flatMap(requeuedRow);
  if (retries.length > 0) await query(client, sql.requeue, [JSON.stringify(retries)]);
  const unknown = others.filter((each) => each.settlement.kind === "unknown").map((each) => each.message.messageId);
  if (unknown.length > 0) await query(client, sql.setUnknown, [unknown, reconcileSeconds]);
  await settleFailed(client, others);
  await heedPersonal(client, others.flatMap(personalFailure));
  return pauseChannels(client, others);
}

type Personal = PersonalFailure & { workspaceId: string };

/** What the provider refused at once because of the person: what that means for the next messages is written with this one. */
function personalFailure({ message, at, settlement }: Settled): Personal[] {
  if (settlement.kind !== "failed") return [];
  const isWithdrawn = settlement.reason === "consent-withdrawn";
  const why = settlement.isUnreachable ? "unreachable" : isWithdrawn ? "consent" : null;
  if (why === null) return [];
  const { contact, contactId, workspaceId } = message;
  const recipient = { waId: contact?.waId ?? contact?.phone?.slice(1) ?? null, bsuid: contact?.bsuid ?? null };
  return [{ workspaceId, contactId, why, recipient, code: settlement.code, at }];
}

async function heedPersonal(client: pg.ClientBase, personal: readonly Personal[]): Promise<void> {
  for (const [workspaceId, failures] of Map.groupBy(personal, (each) => each.workspaceId)) {
    const now = new Date(Math.max(...failures.map(({ at }) => at.getTime())));
    await heedFailures(client, { workspaceId, failures, now });
  }
}

async function deleteFinished(client: pg.ClientBase, settled: readonly Settled[]): Promise<void> {
  const ids = settled.map((each) => each.message.messageId);
  if (ids.length > 0) await query(client, sql.deleteOutbox, [ids]);
}

/**
 * What was never called has used nothing: neither its pair's rate nor, unless an earlier try did, its person's cap and the budget; what
 * failed gives back what it used. In one statement, so that budgets are locked before caps (lock-order.ts).
 */
async function undoClaims(client: pg.ClientBase, others: readonly Settled[]): Promise<void> {
  const returned = others.filter((each) => each.settlement.kind === "returned");
  await giveBackPairs(
    client,
    returned.map(({ channelId, message }) => ({ channelId, ...message })),
  );
  const failed = others.filter((each) => each.settlement.kind === "failed");
  const unused = [...returned.filter(({ message }) => !hasPaid(message)), ...failed];
  await refund(
    client,
    unused.map(({ message }) => message.messageId),
  );
}

async function settleFailed(client: pg.ClientBase, others: readonly Settled[]): Promise<void> {
  const failed = others.filter((each) => each.settlement.kind === "failed");
  if (failed.length === 0) return;
  await deleteFinished(client, failed);
  const news = failed.flatMap(({ message, settlement }) =>
    settlement.kind === "failed" ? [{ ...message, status: "failed" as const, reason: settlement.reason }] : [],
  );
  await queueStatusSignals(client, news);
}

async function pauseChannels(client: pg.ClientBase, others: readonly Settled[]): Promise<PausedChannel[]> {
  const refused = new Map(
    others.flatMap(({ channelId, settlement }) =>
      settlement.kind === "retry" && settlement.pausesChannel
        ? [[channelId, `${settlement.code} ${settlement.detail}`.slice(0, 300)] as const]
        : [],
    ),
  );
  if (refused.size === 0) return [];
  const rows = [...refused].map(([id, reason]) => ({ id, reason }));
  const paused = await query<PausedChannel>(client, sql.pauseChannels, [JSON.stringify(rows)]);
  const at = new Date(Math.max(...others.map((each) => each.at.getTime())));
  await tellPaused(client, paused, { kind: "channel-refused", at });
  return paused;
}

/** What was never called keeps its time and its count of attempts. */
function requeuedRow({ message, settlement }: Settled) {
  const row = { id: message.messageId, refunded: false, called: 1 };
  if (settlement.kind === "returned") return [{ ...row, refunded: !hasPaid(message), called: 0 }];
  if (settlement.kind !== "retry") return [];
  return [{ ...row, not_before: new Date(settlement.notBefore).toISOString() }];
}

/** On an earlier try, which this one shares. */
const hasPaid = ({ capDay, budgetMonth }: Candidate): boolean => capDay !== null || budgetMonth !== null;

const claimsOf = (all: readonly Settled[]): string =>
  JSON.stringify(all.map(({ message, claim }) => ({ id: message.messageId, claim })));

const statusOf = { retry: "queued", returned: "queued", failed: "failed", unknown: "unknown", sent: "sent" } as const;

const messageRow = ({ message, at, settlement }: Settled) => ({
  id: message.messageId,
  status: statusOf[settlement.kind],
  reason: settlement.kind === "unknown" ? "unknown-outcome" : "reason" in settlement ? settlement.reason : null,
  code: "code" in settlement ? settlement.code : null,
  detail: "detail" in settlement ? settlement.detail.slice(0, 500) : null,
  at: at.toISOString(),
});
