import { expect, test } from "vitest";
import { nextClosing, nextOpening } from "./quiet-hours.ts";

const at = (iso: string) => Date.parse(iso);
const night = { from: "21:00", to: "08:00" };

test.each([
  ["in the middle of the day", night, "Africa/Dakar", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z"],
  ["in the evening, over midnight", night, "Africa/Dakar", "2026-11-22T22:30:00Z", "2026-11-23T08:00:00Z"],
  ["after midnight", night, "Africa/Dakar", "2026-11-23T03:00:00Z", "2026-11-23T08:00:00Z"],
  ["the beginning is quiet", night, "UTC", "2026-11-22T21:00:00Z", "2026-11-23T08:00:00Z"],
  ["the end is not", night, "UTC", "2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z"],
  ["half-hour zone", night, "Asia/Kolkata", "2026-11-22T16:00:00Z", "2026-11-23T02:30:00Z"],
  ["thirteen hours ahead", night, "Pacific/Apia", "2026-11-22T09:00:00Z", "2026-11-22T19:00:00Z"],
  ["eleven hours behind", night, "Pacific/Pago_Pago", "2026-11-22T09:00:00Z", "2026-11-22T19:00:00Z"],
  ["a stretch within one day", { from: "12:00", to: "14:00" }, "UTC", "2026-11-22T13:00:00Z", "2026-11-22T14:00:00Z"],
  ["equal times mean none", { from: "08:00", to: "08:00" }, "UTC", "2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z"],
  [
    "the night of the spring change is an hour shorter",
    night,
    "Europe/Paris",
    "2026-03-28T21:00:00Z",
    "2026-03-29T06:00:00Z",
  ],
  [
    "the night of the autumn change is an hour longer",
    night,
    "Europe/Paris",
    "2026-10-24T20:00:00Z",
    "2026-10-25T07:00:00Z",
  ],
  [
    "an end that the clock jumps over",
    { from: "21:00", to: "02:30" },
    "Europe/Paris",
    "2026-03-29T00:59:00Z",
    "2026-03-29T01:30:00Z",
  ],
  [
    "an end that comes twice opens at the first",
    { from: "21:00", to: "02:30" },
    "Europe/Paris",
    "2026-10-25T00:15:00Z",
    "2026-10-25T00:30:00Z",
  ],
  [
    "and does not close again",
    { from: "21:00", to: "02:30" },
    "Europe/Paris",
    "2026-10-25T01:15:00Z",
    "2026-10-25T01:15:00Z",
  ],
  ["an unknown zone counts as UTC", night, "Mars/Olympus", "2026-11-22T22:00:00Z", "2026-11-23T08:00:00Z"],
])("quiet hours: %s", (_, quiet, zone, now, expected) => {
  const opening = nextOpening({ quiet, sending: null }, zone, at(now));
  expect(opening === null ? null : new Date(opening).toISOString()).toBe(new Date(expected).toISOString());
});

test("with quiet hours and sending hours a message leaves when both allow it", () => {
  const opening = nextOpening(
    { quiet: night, sending: { from: "07:00", to: "09:30" } },
    "UTC",
    at("2026-11-22T10:00:00Z"),
  );
  expect(opening).toBe(at("2026-11-23T08:00:00Z"));
});

test("hours that never leave a gap never open", () => {
  expect(
    nextOpening({ quiet: night, sending: { from: "22:00", to: "23:00" } }, "UTC", at("2026-11-22T10:00:00Z")),
  ).toBeNull();
});

test.each([
  ["on the day they are jumped over they follow the jump", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"],
  ["within what is left of them it is open", "2026-03-29T01:59:00Z", "2026-03-29T01:59:00Z"],
  ["and they do not come again that day", "2026-03-29T02:00:00Z", "2026-03-30T00:30:00Z"],
  ["of two half past twos the first counts", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"],
  ["they stay open until three, an hour longer", "2026-10-25T01:59:00Z", "2026-10-25T01:59:00Z"],
  ["and do not come again", "2026-10-25T02:00:00Z", "2026-10-26T01:30:00Z"],
])("sending hours from 02:30 to 03:00 in Paris: %s", (_, now, expected) => {
  const opening = nextOpening({ quiet: null, sending: { from: "02:30", to: "03:00" } }, "Europe/Paris", at(now));
  expect(new Date(opening ?? Number.NaN).toISOString()).toBe(new Date(expected).toISOString());
});

test.each([
  ["the evening", { quiet: night, sending: null }, "2026-11-22T12:00:00Z", "2026-11-22T21:00:00Z"],
  [
    "the end of the sending hours",
    { quiet: night, sending: { from: "09:00", to: "19:00" } },
    "2026-11-22T12:00:00Z",
    "2026-11-22T19:00:00Z",
  ],
  [
    "the evening of the day that has just begun",
    { quiet: night, sending: null },
    "2026-11-23T08:00:00Z",
    "2026-11-23T21:00:00Z",
  ],
  ["never without hours", { quiet: null, sending: null }, "2026-11-22T12:00:00Z", null],
  [
    "never with hours of no length",
    { quiet: { from: "08:00", to: "08:00" }, sending: null },
    "2026-11-22T12:00:00Z",
    null,
  ],
])("it closes at %s", (_, hours, now, expected) => {
  expect(nextClosing(hours, "UTC", at(now))).toBe(expected && at(expected));
});
