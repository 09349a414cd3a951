import { expect, test } from "vitest";
import { maskPhone } from "./mask-phone.ts";

test.each([
  ["nobody's number", null, null],
  ["Senegal", "+221771234567", "+221 ••• 45 67"],
  ["Colombia", "+573001234567", "+57 ••• 45 67"],
  ["India", "+919812345678", "+91 ••• 56 78"],
  ["a number no country has", "+999123456", "••• 34 56"],
])("A phone number keeps its country and four digits: %s", (_, phone, shown) => expect(maskPhone(phone)).toBe(shown));
