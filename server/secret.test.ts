import { expect, test } from "vitest";
import { randomCode } from "./secret.ts";

test("a code has the length that was asked for, and nothing but letters and digits", () => {
  expect(randomCode(10)).toMatch(/^[0-9A-Za-z]{10}$/);
  expect(randomCode(22)).toMatch(/^[0-9A-Za-z]{22}$/);
});

test("each of the 62 characters is as likely as any other", () => {
  const counts = new Map<string, number>();
  const length = 62_000;
  for (const char of randomCode(length)) counts.set(char, (counts.get(char) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // A byte modulo 62 would give eight of them a quarter more: 1,211 instead of 1,000. Six standard deviations are 190.
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(190);
});
