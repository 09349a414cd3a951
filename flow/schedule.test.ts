import { describe, expect, test } from "vitest";
import { lastOccurrence, nextOccurrence, Schedule } from "./schedule.ts";

const at = (text: string): number => Date.parse(text);
const longAgo = at("2026-01-01T00:00:00Z");
const dakar = "Africa/Dakar";
const paris = "Europe/Paris";

describe("the last time that came due", () => {
  test.each<[string, Schedule, string, string, string | null]>([
    ["once, before it", { mode: "once", day: "2026-12-01", time: "09:00" }, dakar, "2026-12-01T08:59:59Z", null],
    [
      "once, at it",
      { mode: "once", day: "2026-12-01", time: "09:00" },
      dakar,
      "2026-12-01T09:00:00Z",
      "2026-12-01T09:00 2026-12-01T09:00:00.000Z",
    ],
    [
      "once, by another zone's clock",
      { mode: "once", day: "2026-12-01", time: "09:00" },
      paris,
      "2026-12-01T09:00:00Z",
      "2026-12-01T09:00 2026-12-01T08:00:00.000Z",
    ],
    [
      "daily, yesterday's",
      { mode: "daily", time: "09:00" },
      dakar,
      "2026-12-01T08:00:00Z",
      "2026-11-30T09:00 2026-11-30T09:00:00.000Z",
    ],
    [
      "weekly, on Sunday",
      { mode: "weekly", days: [7, 3], time: "09:00" },
      dakar,
      "2026-12-01T08:00:00Z",
      "2026-11-29T09:00 2026-11-29T09:00:00.000Z",
    ],
    [
      "monthly, on the 31st of a short month",
      { mode: "monthly", dayOfMonth: 31, time: "09:00" },
      dakar,
      "2026-12-01T08:00:00Z",
      "2026-11-30T09:00 2026-11-30T09:00:00.000Z",
    ],
    [
      "monthly, on the 30th of February",
      { mode: "monthly", dayOfMonth: 30, time: "09:00" },
      dakar,
      "2026-03-01T08:00:00Z",
      "2026-02-28T09:00 2026-02-28T09:00:00.000Z",
    ],
    [
      "monthly, on the 29th of a leap year's February",
      { mode: "monthly", dayOfMonth: 30, time: "09:00" },
      dakar,
      "2028-03-01T08:00:00Z",
      "2028-02-29T09:00 2028-02-29T09:00:00.000Z",
    ],
    [
      "at a time that the clock jumps over",
      { mode: "daily", time: "02:30" },
      paris,
      "2026-03-29T12:00:00Z",
      "2026-03-29T02:30 2026-03-29T01:30:00.000Z",
    ],
    [
      "at a time that comes twice, the first",
      { mode: "daily", time: "02:30" },
      paris,
      "2026-10-25T12:00:00Z",
      "2026-10-25T02:30 2026-10-25T00:30:00.000Z",
    ],
  ])("%s", (_, schedule, zone, now, expected) => {
    const found = lastOccurrence(Schedule.parse(schedule), zone, { after: longAgo, now: at(now) });
    expect(found && `${found.name} ${new Date(found.at).toISOString()}`).toBe(expected);
  });

  test("what was due before the flow was published is not its own", () => {
    const published = at("2026-12-01T09:30:00Z");
    expect(
      lastOccurrence({ mode: "daily", time: "09:00" }, dakar, { after: published, now: published + 60_000 }),
    ).toBeNull();
  });

  test("at once means once, however often it is published", () => {
    const names = [1, 2].map((after) => lastOccurrence({ mode: "now" }, dakar, { after, now: 5 })?.name);
    expect(names).toEqual(["now", "now"]);
  });
});

describe("the next time", () => {
  test.each<[string, Schedule, string, string | null]>([
    ["at once has none", { mode: "now" }, "2026-12-01T08:00:00Z", null],
    ["once, over", { mode: "once", day: "2026-12-01", time: "08:00" }, "2026-12-01T08:00:00Z", null],
    ["daily, today's", { mode: "daily", time: "08:01" }, "2026-12-01T08:00:00Z", "2026-12-01T08:01"],
    ["weekly, a week later", { mode: "weekly", days: [2], time: "08:00" }, "2026-12-01T08:00:00Z", "2026-12-08T08:00"],
    [
      "monthly, the last of January after the 31st",
      { mode: "monthly", dayOfMonth: 31, time: "08:00" },
      "2026-12-31T08:00:00Z",
      "2027-01-31T08:00",
    ],
  ])("%s", (_, schedule, now, expected) => {
    expect(nextOccurrence(Schedule.parse(schedule), dakar, at(now))?.name ?? null).toBe(expected);
  });
});
