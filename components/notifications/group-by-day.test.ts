import { expect, test } from "vitest";
import { groupByDay } from "./group-by-day.ts";

const now = new Date("2026-11-22T00:30:00Z");
const row = (at: string) => ({ at: new Date(at) });
const daysIn = (timeZone: string, ...times: string[]) => groupByDay(times.map(row), { now, timeZone });

test.each([
  ["an hour ago is yesterday in Dakar, where midnight has passed", "Africa/Dakar", "2026-11-21T23:30:00Z", "yesterday"],
  ["and today in Bogotá, where it has not", "America/Bogota", "2026-11-21T23:30:00Z", "today"],
  ["what a demo clock dates ahead is today's", "Africa/Dakar", "2026-11-22T09:00:00Z", "today"],
])("%s", (_, zone, at, day) => expect(daysIn(zone, at)).toEqual([{ day, rows: [row(at)] }]));

test("older days have their date, each once, in their order", () => {
  const days = daysIn("Africa/Dakar", "2026-11-22T00:10:00Z", "2026-11-19T10:00:00Z", "2026-11-19T09:00:00Z");
  expect(days.map(({ day, rows }) => [day, rows.length])).toEqual([
    ["today", 1],
    [new Date("2026-11-19T10:00:00Z"), 2],
  ]);
});
