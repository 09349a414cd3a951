import { expect, test } from "vitest";
import { nextOpening } from "./quiet-hours.ts";

const night = { from: "21:00", to: "08:00" };

/**
 * From a quarter past ten in the evening (UTC) to the next opening, on the nights in which the clocks change in 2026 and on the
 * turn of the year. Reckoned minute by minute with another implementation of the zones: Python's zoneinfo.
 */
const golden: [zone: string, now: string, opening: string][] = [
  ["UTC", "2026-12-31T22:15", "2027-01-01T08:00"],
  ["Africa/Dakar", "2026-12-31T22:15", "2027-01-01T08:00"],
  ["Africa/Lagos", "2026-12-31T21:15", "2027-01-01T07:00"],
  ["Africa/Nairobi", "2026-12-31T19:15", "2027-01-01T05:00"],
  ["Africa/Johannesburg", "2026-12-31T20:15", "2027-01-01T06:00"],
  ["Africa/Casablanca", "2026-02-14T21:15", "2026-02-15T08:00"],
  ["Africa/Casablanca", "2026-03-21T22:15", "2026-03-22T07:00"],
  ["Africa/Cairo", "2026-04-23T20:15", "2026-04-24T05:00"],
  ["Africa/Cairo", "2026-10-29T19:15", "2026-10-30T06:00"],
  ["Africa/Cairo", "2026-12-31T20:15", "2027-01-01T06:00"],
  ["Europe/Paris", "2026-03-28T21:15", "2026-03-29T06:00"],
  ["Europe/Paris", "2026-10-24T20:15", "2026-10-25T07:00"],
  ["Europe/Paris", "2026-12-31T21:15", "2027-01-01T07:00"],
  ["Europe/London", "2026-03-28T22:15", "2026-03-29T07:00"],
  ["Europe/London", "2026-10-24T21:15", "2026-10-25T08:00"],
  ["Europe/London", "2026-12-31T22:15", "2027-01-01T08:00"],
  ["Europe/Dublin", "2026-03-28T22:15", "2026-03-29T07:00"],
  ["Europe/Dublin", "2026-10-24T21:15", "2026-10-25T08:00"],
  ["Europe/Dublin", "2026-12-31T22:15", "2027-01-01T08:00"],
  ["Europe/Istanbul", "2026-12-31T19:15", "2027-01-01T05:00"],
  ["Asia/Beirut", "2026-03-28T20:15", "2026-03-29T05:00"],
  ["Asia/Beirut", "2026-10-24T19:15", "2026-10-25T06:00"],
  ["Asia/Beirut", "2026-12-31T20:15", "2027-01-01T06:00"],
  ["Asia/Tehran", "2026-12-31T18:45", "2027-01-01T04:30"],
  ["Asia/Dubai", "2026-12-31T18:15", "2027-01-01T04:00"],
  ["Asia/Kolkata", "2026-12-31T16:45", "2027-01-01T02:30"],
  ["Asia/Kathmandu", "2026-12-31T16:30", "2027-01-01T02:15"],
  ["Asia/Yangon", "2026-12-31T15:45", "2027-01-01T01:30"],
  ["Asia/Tokyo", "2026-12-31T13:15", "2026-12-31T23:00"],
  ["Australia/Eucla", "2026-12-31T13:30", "2026-12-31T23:15"],
  ["Australia/Lord_Howe", "2026-04-04T11:15", "2026-04-04T21:30"],
  ["Australia/Lord_Howe", "2026-10-03T11:45", "2026-10-03T21:00"],
  ["Australia/Lord_Howe", "2027-01-01T11:15", "2027-01-01T21:00"],
  ["Australia/Adelaide", "2026-04-04T11:45", "2026-04-04T22:30"],
  ["Australia/Adelaide", "2026-10-03T12:45", "2026-10-03T21:30"],
  ["Australia/Adelaide", "2027-01-01T11:45", "2027-01-01T21:30"],
  ["Pacific/Chatham", "2026-04-04T08:30", "2026-04-04T19:15"],
  ["Pacific/Chatham", "2026-09-26T09:30", "2026-09-26T18:15"],
  ["Pacific/Chatham", "2027-01-01T08:30", "2027-01-01T18:15"],
  ["Pacific/Apia", "2027-01-01T09:15", "2027-01-01T19:00"],
  ["Pacific/Tongatapu", "2027-01-01T09:15", "2027-01-01T19:00"],
  ["Pacific/Kiritimati", "2027-01-01T08:15", "2027-01-01T18:00"],
  ["Pacific/Pago_Pago", "2027-01-01T09:15", "2027-01-01T19:00"],
  ["Pacific/Marquesas", "2027-01-01T07:45", "2027-01-01T17:30"],
  ["America/St_Johns", "2026-03-08T01:45", "2026-03-08T10:30"],
  ["America/St_Johns", "2026-11-01T00:45", "2026-11-01T11:30"],
  ["America/St_Johns", "2027-01-01T01:45", "2027-01-01T11:30"],
  ["America/New_York", "2026-03-08T03:15", "2026-03-08T12:00"],
  ["America/New_York", "2026-11-01T02:15", "2026-11-01T13:00"],
  ["America/New_York", "2027-01-01T03:15", "2027-01-01T13:00"],
  ["America/Santiago", "2026-04-05T01:15", "2026-04-05T12:00"],
  ["America/Santiago", "2026-09-06T02:15", "2026-09-06T11:00"],
  ["America/Santiago", "2027-01-01T01:15", "2027-01-01T11:00"],
  ["America/Havana", "2026-03-08T03:15", "2026-03-08T12:00"],
  ["America/Havana", "2026-11-01T02:15", "2026-11-01T13:00"],
  ["America/Havana", "2027-01-01T03:15", "2027-01-01T13:00"],
  ["America/Sao_Paulo", "2027-01-01T01:15", "2027-01-01T11:00"],
  ["America/Bogota", "2027-01-01T03:15", "2027-01-01T13:00"],
];

test.each(golden)("%s: who is written to at %s hears at %s", (zone, now, opening) => {
  const at = nextOpening({ quiet: night, sending: null }, zone, Date.parse(`${now}Z`)) ?? Number.NaN;
  expect(new Date(at).toISOString()).toBe(`${opening}:00.000Z`);
});
