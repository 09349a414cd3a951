import { expect, test } from "vitest";
import type { Json } from "./json.ts";
import { localClock, momentOf, nextLocalTime } from "./local-time.ts";

const iso = (moment: number | undefined) => (moment === undefined ? null : new Date(moment).toISOString());

test.each([
  ["later today", "09:00", "Africa/Dakar", "2026-11-22T08:59:59.999Z", "2026-11-22T09:00:00.000Z"],
  [
    "at the very moment it is tomorrow's",
    "09:00",
    "Africa/Dakar",
    "2026-11-22T09:00:00.000Z",
    "2026-11-23T09:00:00.000Z",
  ],
  ["half-hour zone", "09:00", "Asia/Kolkata", "2026-11-22T04:00:00.000Z", "2026-11-23T03:30:00.000Z"],
  ["a quarter-hour zone", "09:00", "Asia/Kathmandu", "2026-11-22T00:00:00.000Z", "2026-11-22T03:15:00.000Z"],
  ["over the new year", "09:00", "Pacific/Apia", "2026-12-31T19:30:00.000Z", "2026-12-31T20:00:00.000Z"],
  ["29 February", "00:00", "UTC", "2028-02-28T12:00:00.000Z", "2028-02-29T00:00:00.000Z"],
  ["a time that the clock jumps over", "02:30", "Europe/Paris", "2026-03-29T00:00:00.000Z", "2026-03-29T01:30:00.000Z"],
  ["once over, it is the next day's", "02:30", "Europe/Paris", "2026-03-29T01:30:00.000Z", "2026-03-30T00:30:00.000Z"],
  [
    "a time that comes twice: the first",
    "02:30",
    "Europe/Paris",
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T00:30:00.000Z",
  ],
  [
    "a time that comes twice, after the first: not again",
    "02:30",
    "Europe/Paris",
    "2026-10-25T00:45:00.000Z",
    "2026-10-26T01:30:00.000Z",
  ],
  ["an unknown zone counts as UTC", "09:00", "Not/AZone", "2026-11-22T08:00:00.000Z", "2026-11-22T09:00:00.000Z"],
])("the next local time: %s", (_, time, zone, now, expected) =>
  expect(iso(nextLocalTime(time, zone, Date.parse(now)))).toBe(expected),
);

test("every day has exactly one, through both changes of the clocks", () => {
  let at = Date.parse("2026-01-01T00:00:00Z");
  const days = new Set<string>();
  for (let count = 0; count < 365; count += 1) {
    at = nextLocalTime("02:30", "Europe/Paris", at);
    days.add(localClock(at, "Europe/Paris").day);
  }
  expect(days.size).toBe(365);
  expect(localClock(at, "Europe/Paris").day).toBe("2026-12-31");
});

test.each<[string, Json | undefined, string, string | null]>([
  ["a moment", "2026-11-28T10:00:00+05:30", "Europe/Paris", "2026-11-28T04:30:00.000Z"],
  ["a date-time without a zone", "2026-11-28T10:00", "Europe/Paris", "2026-11-28T09:00:00.000Z"],
  ["a date", "2026-11-28", "America/Bogota", "2026-11-28T05:00:00.000Z"],
  ["milliseconds", 1795860000000, "UTC", "2026-11-28T10:00:00.000Z"],
  ["seconds", 1795860000, "UTC", "2026-11-28T10:00:00.000Z"],
  ["a day that does not exist", "2026-02-30", "UTC", null],
  ["words", "next Monday", "UTC", null],
  ["no year of four digits", "28-11-2026", "UTC", null],
  ["nothing", undefined, "UTC", null],
  ["an object", { year: 2026 }, "UTC", null],
  ["beyond all calendars", 1e300, "UTC", null],
  ["a hostile text", `2026-11-28T${"1".repeat(10_000)}`, "UTC", null],
])("a date in data: %s", (_, value, zone, expected) => expect(iso(momentOf(value, zone))).toBe(expected));
