import type { Message, Schedule, StatusName, User } from "../record.ts";
import { seededFraction } from "../wamid.ts";

export type PlannedStatus = { wamid: string; status: StatusName; dueAt: number; code?: number };

export type PlanFacts = {
  schedule: Schedule;
  seed: string;
  /** When delivery begins: on acceptance, or when a phone is switched on again. */
  from: number;
  /** How long Meta tries to deliver (`message_send_ttl_seconds`); a message older than that is dropped without a word. */
  ttlMs: number;
  skipsDelivered: boolean;
};

/**
 * Which statuses a message will have and when, by the virtual clock. The same message gives the same plan, so it need not be
 * stored: after a restart it is made again and what has already happened is left out.
 */
export function planStatuses(message: Message, user: User, facts: PlanFacts): PlannedStatus[] {
  const { schedule, from } = facts;
  const { wamid } = message;
  if (message.failsWith !== undefined)
    return schedule.sentMs === null
      ? []
      : [{ wamid, status: "failed", dueAt: from + schedule.sentMs, code: message.failsWith }];
  // Delays differ by up to a fifth from person to person, so that statuses of a campaign do not come as one wall.
  const spread = (0.9 + 0.2 * seededFraction(facts.seed, wamid)) * user.behaviour.delayFactor;
  const due = (delayMs: number) => Math.round(from + delayMs * spread);
  const plan: PlannedStatus[] = [];
  if (schedule.sentMs !== null) plan.push({ wamid, status: "sent", dueAt: due(schedule.sentMs) });
  // Numbers that end in 0000 are never reached (section 15). A reaction has neither delivered nor read of its own.
  if (user.waId.endsWith("0000") || user.behaviour.phone === "off" || message.type === "reaction") return plan;
  if (schedule.deliveredMs === null || due(schedule.deliveredMs) > message.at + facts.ttlMs) return plan;
  const isRead = user.behaviour.readReceipts && schedule.readMs !== null;
  if (!isRead || !facts.skipsDelivered) plan.push({ wamid, status: "delivered", dueAt: due(schedule.deliveredMs) });
  // People who hide read receipts send none, and none for a voice message they have heard.
  if (isRead && schedule.readMs !== null) plan.push({ wamid, status: "read", dueAt: due(schedule.readMs) });
  if (isRead && message.rendered?.isVoice && schedule.playedMs !== null)
    plan.push({ wamid, status: "played", dueAt: due(schedule.playedMs) });
  return plan;
}
