import { expect, test } from "vitest";
import { formatBinding } from "./format-binding.ts";

const told = (amount: number, currency: string) =>
  formatBinding(
    { from: "path", path: "event.amount", format: { kind: "money", currency }, fallback: null },
    { event: { amount } },
    "en",
    "UTC",
  )?.replace(/\s/gu, " ");

test.each([
  [450_000_000, "COP", "COP 4,500,000"],
  [1_234_567, "HUF", "HUF 12,345.67"],
  [1_500_000, "IDR", "IDR 15,000"],
  [25_000, "XOF", "F CFA 25,000"],
  [25_000, "JPY", "¥25,000"],
  [25_000, "KWD", "KWD 25.000"],
  [25_001, "IQD", "IQD 25.001"],
  [1_890, "EUR", "€18.90"],
  [1_800, "EUR", "€18.00"],
])(
  "%i minor units of %s are told as %s, by ISO 4217 and not by how the currency is usually shown",
  (amount, currency, text) => {
    expect(told(amount, currency)).toBe(text);
  },
);
