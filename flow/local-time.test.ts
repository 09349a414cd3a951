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
  [
    "midnight that the clock jumps over",
    "00:00",
    "America/Havana",
    "2026-03-08T04:00:00.000Z",
    "2026-03-08T05:00:00.000Z",
  ],
  ["half past midnight, jumped over", "00:30", "Africa/Cairo", "2026-04-23T21:59:00.000Z", "2026-04-23T22:30:00.000Z"],
  ["midnight that comes twice", "00:00", "America/Havana", "2026-11-01T03:00:00.000Z", "2026-11-01T04:00:00.000Z"],
  ["and not again an hour later", "00:00", "America/Havana", "2026-11-01T04:30:00.000Z", "2026-11-02T05:00:00.000Z"],
  [
    "a change of half an hour jumps over it",
    "02:15",
    "Australia/Lord_Howe",
    "2026-10-03T15:00:00.000Z",
    "2026-10-03T15:45:00.000Z",
  ],
  [
    "a change of half an hour shows it twice",
    "01:45",
    "Australia/Lord_Howe",
    "2026-04-04T14:50:00.000Z",
    "2026-04-05T15:15:00.000Z",
  ],
  ["thirteen hours ahead", "09:00", "Pacific/Tongatapu", "2026-06-30T21:00:00.000Z", "2026-07-01T20:00:00.000Z"],
  ["eleven hours behind", "09:00", "Pacific/Pago_Pago", "2026-06-30T21:00:00.000Z", "2026-07-01T20:00:00.000Z"],
  ["the end of a month", "23:59", "UTC", "2026-01-31T23:59:00.000Z", "2026-02-01T23:59:00.000Z"],
  [
    "the day after 28 February of a common year",
    "08:00",
    "UTC",
    "2027-02-28T08:00:00.000Z",
    "2027-03-01T08:00:00.000Z",
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
  ["29 February of a leap year", "2028-02-29", "Africa/Dakar", "2028-02-29T00:00:00.000Z"],
  ["29 February of a common year", "2027-02-29", "UTC", null],
  ["29 February of a century", "2100-02-29", "UTC", null],
  ["the 31st of a month of 31 days", "2026-12-31T23:59", "Pacific/Kiritimati", "2026-12-31T09:59:00.000Z"],
  ["the 31st of a month of 30 days", "2026-11-31", "UTC", null],
  ["a time that the clock jumps over", "2026-03-29T02:30", "Europe/Paris", "2026-03-29T01:30:00.000Z"],
  ["a time that comes twice", "2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30:00.000Z"],
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
