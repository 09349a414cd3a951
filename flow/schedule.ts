import { z } from "zod";
import { ClockTime } from "./graph.ts";
import { addDays, localClock, localMoment } from "./local-time.ts";

/**
 * When a flow lets people in by itself. "now": once, as soon as it is published, and never again, whatever is published later. A "monthly" day
 * that a month does not have is its last one. Week days count from Monday as 1 (ISO 8601).
 */
export const Schedule = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("now") }),
  z.strictObject({ mode: z.literal("once"), day: z.iso.date(), time: ClockTime }),
  z.strictObject({ mode: z.literal("daily"), time: ClockTime }),
  z.strictObject({ mode: z.literal("weekly"), days: z.array(z.int().min(1).max(7)).min(1).max(7), time: ClockTime }),
  z.strictObject({ mode: z.literal("monthly"), dayOfMonth: z.int().min(1).max(31), time: ClockTime }),
]);
export type Schedule = z.infer<typeof Schedule>;

/** One time that a schedule comes due. `name` is its local day and time, which names it once for all, also where the clock shows it twice. */
export type Occurrence = { name: string; at: number };

/** How far back and ahead it is looked: a month has its day, a week its days, and one day more for the zone. */
const mostDays = 64;

/**
 * The last time in a zone that is past `after` and not later than `now`; null when there is none (milliseconds since 1970). A time that the clock jumps
 * over is as far behind the jump, of a time that comes twice the first counts.
 */
export function lastOccurrence(
  schedule: Schedule,
  zone: string,
  { after, now }: { after: number; now: number },
): Occurrence | null {
  if (schedule.mode === "now") return { name: "now", at: after };
  if (schedule.mode === "once") {
    const only = occurrenceOn(schedule, schedule.day, zone);
    return only.at > after && only.at <= now ? only : null;
  }
  const today = localClock(now, zone).day;
  for (let back = 0; back <= mostDays; back += 1) {
    const day = addDays(today, -back);
    if (!fallsOn(schedule, day)) continue;
    const found = occurrenceOn(schedule, day, zone);
    if (found.at <= after) return null;
    if (found.at <= now) return found;
  }
  return null;
}

/** The next time strictly after `now`; null when none will come. */
export function nextOccurrence(schedule: Schedule, zone: string, now: number): Occurrence | null {
  if (schedule.mode === "now") return null;
  if (schedule.mode === "once") {
    const only = occurrenceOn(schedule, schedule.day, zone);
    return only.at > now ? only : null;
  }
  const today = localClock(now, zone).day;
  for (let ahead = 0; ahead <= mostDays; ahead += 1) {
    const day = addDays(today, ahead);
    if (!fallsOn(schedule, day)) continue;
    const found = occurrenceOn(schedule, day, zone);
    if (found.at > now) return found;
  }
  return null;
}

const occurrenceOn = ({ time }: { time: string }, day: string, zone: string): Occurrence => ({
  name: `${day}T${time}`,
  at: localMoment(day, time, zone),
});

function fallsOn(schedule: Exclude<Schedule, { mode: "now" | "once" }>, day: string): boolean {
  switch (schedule.mode) {
    case "daily":
      return true;
    case "weekly":
      return schedule.days.includes(new Date(day).getUTCDay() || 7);
    case "monthly":
      return Number(day.slice(8)) === Math.min(schedule.dayOfMonth, daysInMonth(day));
  }
}

const daysInMonth = (day: string): number =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
