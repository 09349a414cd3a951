import type { Crowd, Delay, Message, Schedule, StatusName, User } from "../record.ts";
import { seededFraction } from "../wamid.ts";

export type PlannedStatus = { wamid: string; status: StatusName; dueAt: number; code?: number };

export type PlanFacts = {
  schedule: Schedule;
  crowd: Crowd;
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
  const { schedule, crowd, seed, from } = facts;
  const { wamid } = message;
  if (message.failsWith !== undefined)
    return schedule.sentMs === null
      ? []
      : [{ wamid, status: "failed", dueAt: from + schedule.sentMs, code: message.failsWith }];
  // Delays differ by up to a fifth from person to person, so that statuses of a campaign do not come as one wall.
  const spread = (0.9 + 0.2 * seededFraction(seed, wamid)) * user.behaviour.delayFactor;
  const due = (delayMs: number) => Math.round(from + delayMs * spread);
  const drawn = ({ medianMs, spread: deviation }: Delay, what: string) =>
    medianMs * Math.exp(deviation * deviate(seed, `${what}:${wamid}`));
  const plan: PlannedStatus[] = [];
  if (schedule.sentMs !== null) plan.push({ wamid, status: "sent", dueAt: due(schedule.sentMs) });
  // Numbers that end in 0000 are never reached (section 15). A reaction has neither delivered nor read of its own.
  if (user.waId.endsWith("0000") || user.behaviour.phone === "off" || message.type === "reaction") return plan;
  if (schedule.deliveredMs === null) return plan;
  const deliveredAt = due(crowd.delivered ? drawn(crowd.delivered, "delivered") : schedule.deliveredMs);
  if (deliveredAt > message.at + facts.ttlMs) return plan;
  const isRead = schedule.readMs !== null && showsRead(message, user, facts);
  if (!isRead || !facts.skipsDelivered) plan.push({ wamid, status: "delivered", dueAt: deliveredAt });
  // A drawn reading begins with the arrival; the schedule's own times both count from the acceptance.
  if (isRead && schedule.readMs !== null) {
    const readAt = crowd.read ? deliveredAt + drawn(crowd.read, "read") : due(schedule.readMs);
    plan.push({ wamid, status: "read", dueAt: Math.round(readAt) });
  }
  if (isRead && message.rendered?.isVoice && schedule.playedMs !== null)
    plan.push({ wamid, status: "played", dueAt: due(schedule.playedMs) });
  return plan;
}

/** People who hide read receipts send none, and none for a voice message they have heard. */
function showsRead({ wamid }: Message, { waId, behaviour }: User, { crowd, seed }: PlanFacts): boolean {
  if (!behaviour.readReceipts) return false;
  if (crowd.hidesReads > 0 && seededFraction(seed, `hides:${waId}`) < crowd.hidesReads) return false;
  return crowd.unread === 0 || seededFraction(seed, `unread:${wamid}`) >= crowd.unread;
}

/** A standard normal number that depends on nothing but seed and name (Box and Muller's transform). */
function deviate(seed: string, name: string): number {
  const radius = Math.sqrt(-2 * Math.log(1 - Math.min(seededFraction(seed, `r:${name}`), 0.999_999)));
  return radius * Math.cos(2 * Math.PI * seededFraction(seed, `a:${name}`));
}
