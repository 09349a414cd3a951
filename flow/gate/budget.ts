import { localClock, localMoment } from "../local-time.ts";

/** The calendar month that a message's price counts for, "2026-11", by the workspace's clock. It is the key of the counter. */
export const budgetMonth = (now: number, zone: string): string => localClock(now, zone).day.slice(0, 7);

/** When the month after it begins there. */
export function nextMonthAt(month: string, zone: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  return localMoment(`${next}-01`, "00:00", zone);
}
