import { Temporal } from "temporal-polyfill";
import type { Json } from "./json.ts";
import { parseMoment } from "./moment.ts";

/**
 * The next moment, strictly after `now`, at which a clock in the zone shows the time ("09:00"). On a day on which the clock
 * jumps over it, the same distance after the jump (02:30 becomes 03:30); on a day that has it twice, the first.
 * An unknown zone counts as UTC. Milliseconds since 1970.
 */
export function nextLocalTime(time: string, zone: string, now: number): number {
  const here = zoned(now, zone);
  const clock = Temporal.PlainTime.from(time);
  for (let days = 0; ; days += 1) {
    const at = here
      .toPlainDate()
      .add({ days })
      .toZonedDateTime({ timeZone: here.timeZoneId, plainTime: clock }).epochMilliseconds;
    if (at > now) return at;
  }
}

/** What a clock in the zone shows: "2026-11-22" and "09:05". An unknown zone counts as UTC. */
export function localClock(now: number, zone: string): { day: string; time: string } {
  const here = zoned(now, zone);
  return { day: here.toPlainDate().toString(), time: here.toPlainTime().toString({ smallestUnit: "minute" }) };
}

/** The moment at which a clock in the zone shows the time on the day ("2026-11-22"); gaps and repeats as in `nextLocalTime`. */
export const localMoment = (day: string, time: string, zone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: knownZone(zone), plainTime: time }).epochMilliseconds;

export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/**
 * Milliseconds since 1970 of a value in an event or attribute; undefined for what is not a date. A date-time with a zone is
 * that moment, one without is read in the given zone, a date is its first moment there. A number is milliseconds, below 1e11 seconds.
 */
export function momentOf(value: Json | undefined, zone: string): number | undefined {
  if (typeof value === "number")
    return isStorable(value) ? Math.trunc(Math.abs(value) < 1e11 ? value * 1000 : value) : undefined;
  if (typeof value !== "string" || !/^[1-9]\d{3}-\d\d-\d\d(T|$)/.test(value)) return undefined;
  try {
    return parseMoment(value) ?? Temporal.PlainDateTime.from(value).toZonedDateTime(knownZone(zone)).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** The zone itself, or UTC when this machine does not know it. */
export function knownZone(zone: string): string {
  const known = knownZones.get(zone);
  if (known !== undefined) return known;
  const answer = isZone(zone) ? zone : "UTC";
  // Zones come from outside data: the memory of answers must not grow without end.
  if (knownZones.size < 2_000) knownZones.set(zone, answer);
  return answer;
}

const knownZones = new Map<string, string>();

const zoned = (now: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(knownZone(zone));

// Ten thousand years in milliseconds: beyond it neither a message nor Postgres' clock has a use for the value.
const isStorable = (value: number): boolean => Number.isFinite(value) && Math.abs(value) < 253_402_300_800_000;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
