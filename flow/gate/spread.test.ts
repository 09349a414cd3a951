import { expect, test } from "vitest";
import { spreadAfter, spreadMinutes } from "./spread.ts";

const opening = Date.UTC(2026, 10, 23, 8);
const minute = 60_000;
const free = { closesAt: null, expiresAt: null };
const keys = (count: number) => Array.from({ length: count }, (_, index) => `019aa9c5-7c5b-7000-8000-${index}`);

test("no minute after the opening has much more than its share", () => {
  const perMinute = new Map<number, number>();
  for (const key of keys(60_000)) {
    const { delayMs } = spreadAfter(opening, { ...free, key });
    const at = Math.floor(delayMs / minute);
    perMinute.set(at, (perMinute.get(at) ?? 0) + 1);
  }
  expect(perMinute.size).toBe(spreadMinutes);
  // 2,000 each on average; five standard deviations are 224.
  for (const count of perMinute.values()) expect(Math.abs(count - 2_000)).toBeLessThan(224);
});

test("a message has the same place whenever it is asked, also on another day", () => {
  const ask = (day: number) => spreadAfter(opening + day * 86_400_000, { ...free, key: "a message" });
  expect(ask(0)).toEqual(ask(0));
  expect(ask(1)).toEqual(ask(0));
});

test.each<[string, { closesAt?: number; expiresAt?: number }, number]>([
  ["the whole day is left", { closesAt: opening + 13 * 60 * minute }, 30],
  ["an hour is left", { closesAt: opening + 60 * minute }, 30],
  ["half an hour is left", { closesAt: opening + 30 * minute }, 15],
  ["it expires before the hours close", { closesAt: opening + 40 * minute, expiresAt: opening + 10 * minute }, 5],
  ["it expires at the opening", { expiresAt: opening }, 0],
  ["it has expired long ago", { expiresAt: opening - 60 * minute }, 0],
])("%s", (_, ends, minutes) => {
  for (const key of keys(200)) {
    const { delayMs, overMs } = spreadAfter(opening, { ...free, ...ends, key });
    expect(overMs).toBe(minutes * minute);
    expect(delayMs).toBeGreaterThanOrEqual(0);
    expect(delayMs).toBeLessThanOrEqual(overMs);
  }
});
