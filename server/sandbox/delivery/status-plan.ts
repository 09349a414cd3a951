import type { Message, Schedule, User } from "../record.ts";
import { seededFraction } from "../wamid.ts";

export type PlannedStatus = {
  wamid: string;
  status: "sent" | "delivered" | "read" | "failed";
  dueAt: number;
  code?: number;
};

/**
 * Which statuses a message will have and when, by the virtual clock. The same message gives the same plan, so it need not be
 * stored: after a restart it is made again and what has already happened is left out.
 */
export function planStatuses(message: Message, user: User, schedule: Schedule, seed: string): PlannedStatus[] {
  const { wamid, at } = message;
  if (message.failsWith !== undefined)
    return schedule.sentMs === null
      ? []
      : [{ wamid, status: "failed", dueAt: at + schedule.sentMs, code: message.failsWith }];
  // Delays differ by up to a fifth from person to person, so that statuses of a campaign do not come as one wall.
  const spread = (0.9 + 0.2 * seededFraction(seed, wamid)) * user.behaviour.delayFactor;
  const due = (delayMs: number) => Math.round(at + delayMs * spread);
  const plan: PlannedStatus[] = [];
  if (schedule.sentMs !== null) plan.push({ wamid, status: "sent", dueAt: due(schedule.sentMs) });
  // Numbers that end in 0000 are never reached (section 15).
  if (user.waId.endsWith("0000") || user.behaviour.phone === "off" || schedule.deliveredMs === null) return plan;
  plan.push({ wamid, status: "delivered", dueAt: due(schedule.deliveredMs) });
  // A reaction has neither delivered nor read of its own; people who hide read receipts send none.
  if (user.behaviour.readReceipts && schedule.readMs !== null)
    plan.push({ wamid, status: "read", dueAt: due(schedule.readMs) });
  return plan;
}
