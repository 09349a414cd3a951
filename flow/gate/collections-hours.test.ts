import { describe, expect, test } from "vitest";
import { collectionsRule, collectionsRules, collectionsWeek } from "./collections-hours.ts";
import { nextClosing, nextOpening } from "./quiet-hours.ts";

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const own = { hours: { from: "06:00", to: "20:00" }, days: everyDay };
const now = Date.parse("2026-11-28T12:00:00Z");

test.each([
  ["IN", { from: "08:00", to: "19:00" }, { from: "08:00", to: "19:00" }],
  ["US", { from: "08:00", to: "20:00" }, { from: "08:00", to: "20:00" }],
  ["CO", { from: "07:00", to: "19:00" }, null],
  ["CL", { from: "08:00", to: "20:00" }, null],
  ["SN", { from: "06:00", to: "20:00" }, { from: "06:00", to: "20:00" }],
  [null, { from: "06:00", to: "20:00" }, { from: "06:00", to: "20:00" }],
])("in %s the country's hours and ours hold together, on Mondays and on Sundays", (country, monday, sunday) => {
  const week = collectionsWeek(own, country, now, "UTC");
  expect([week[0], week[6]]).toEqual([monday, sunday]);
});

test("our own days and shorter hours stay", () => {
  const week = collectionsWeek({ hours: { from: "10:00", to: "12:00" }, days: [1, 6] }, "CO", now, "UTC");
  expect(week).toEqual([{ from: "10:00", to: "12:00" }, null, null, null, null, { from: "10:00", to: "12:00" }, null]);
});

test("a rule holds from its day on, and the newest counts", () => {
  expect(collectionsRule("CO", "2023-10-09")).toBeNull();
  expect(collectionsRule("CO", "2023-10-10")?.source).toContain("2300");
  for (const rule of collectionsRules) expect(rule.week).toHaveLength(7);
});

describe("in Colombia", () => {
  const hours = { quiet: null, sending: null, week: collectionsWeek(own, "CO", now, "America/Bogota") };
  const next = (iso: string) => {
    const at = nextOpening(hours, "America/Bogota", Date.parse(iso));
    return at === null ? null : new Date(at).toISOString();
  };

  test.each([
    ["Saturday at noon is open", "2026-11-28T17:00:00Z", "2026-11-28T17:00:00.000Z"],
    ["Saturday at three waits for Monday", "2026-11-28T20:00:00Z", "2026-11-30T12:00:00.000Z"],
    ["so does all of Sunday", "2026-11-29T17:00:00Z", "2026-11-30T12:00:00.000Z"],
    ["Monday before seven waits for seven", "2026-11-30T11:59:00Z", "2026-11-30T12:00:00.000Z"],
  ])("%s", (_, at, expected) => expect(next(at)).toBe(expected));

  test("it closes at seven in the evening", () => {
    const at = nextClosing(hours, "America/Bogota", Date.parse("2026-11-30T15:00:00Z"));
    expect(new Date(at ?? 0).toISOString()).toBe("2026-12-01T00:00:00.000Z");
  });
});

test.each([
  ["no day at all", { hours: own.hours, days: [] }, null],
  [
    "hours that lie in the quiet ones",
    { hours: { from: "21:30", to: "22:30" }, days: everyDay },
    { from: "21:00", to: "08:00" },
  ],
])("%s never open", (_, hours, quiet) => {
  const week = collectionsWeek(hours, null, now, "UTC");
  expect(nextOpening({ quiet, sending: null, week }, "UTC", now)).toBeNull();
});
