import { Temporal } from "temporal-polyfill";
import type { Json } from "./json.ts";
import { parseMoment } from "./moment.ts";
import { remember } from "./remember.ts";

/**
 * The next moment, strictly after `now`, at which a clock in the zone shows the time ("09:00"). On a day on which the clock
 * jumps over it, the same distance after the jump (02:30 becomes 03:30); on a day that has it twice, the first.
 * An unknown zone counts as UTC. Milliseconds since 1970.
 */
export function nextLocalTime(time: string, zone: string, now: number): number {
  const today = localClock(now, zone).day;
  for (let days = 0; ; days += 1) {
    const at = localMoment(addDays(today, days), time, zone);
    if (at > now) return at;
  }
}

/** What a clock in the zone shows: "2026-11-22" and "09:05". An unknown zone counts as UTC. */
export function localClock(now: number, zone: string): { day: string; time: string } {
  // The offset is asked for once a quarter of an hour and zone: since 2012 every change of a clock falls on one, and Temporal is slow.
  const local = now + offsetsOf(zone)(Math.floor(now / quarterMs) * quarterMs);
  const days = Math.floor(local / dayMs);
  return { day: dayAt(days), time: timeAt(Math.floor((local - days * dayMs) / 60_000)) };
}

const quarterMs = 900_000;
const dayMs = 86_400_000;

// Written once a day and minute: the gate asks several times for each of a million messages.
const dayAt = remember(5_000, (days: number) => new Date(days * dayMs).toISOString().slice(0, 10));
const timeAt = remember(2_000, (minutes: number) => new Date(minutes * 60_000).toISOString().slice(11, 16));

const offsetsOf = remember(1_000, (zone) =>
  remember(1_000, (quarter: number) => zoned(quarter, zone).offsetNanoseconds / 1_000_000),
);

/** The moment at which a clock in the zone shows the time on the day ("2026-11-22"); gaps and repeats as in `nextLocalTime`. */
export const localMoment = (day: string, time: string, zone: string): number =>
  momentAt(`${day} ${time} ${knownZone(zone)}`);

const momentAt = remember(5_000, (key) => {
  const [day = "", time = "", timeZone = ""] = key.split(" ");
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
});

/** The day so many days later, by the calendar alone. */
export const addDays = (day: string, days: number): string => dayAt(Math.floor(Date.parse(day) / dayMs) + days);

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
export const knownZone = remember(2_000, (zone) => (isZone(zone) ? zone : "UTC"));

const zoned = (now: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(Math.trunc(now)).toZonedDateTimeISO(knownZone(zone));

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
