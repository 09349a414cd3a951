import { expect, test } from "vitest";
import { maskPhone, maskPhoneWithin } from "./mask-phone.ts";

test.each([
  ["nobody's number", null, null],
  ["Senegal", "+221771234567", "+221 ••• 45 67"],
  ["Colombia", "+573001234567", "+57 ••• 45 67"],
  ["India", "+919812345678", "+91 ••• 56 78"],
  ["a number no country has", "+999123456", "••• 34 56"],
])("A phone number keeps its country and four digits: %s", (_, phone, shown) => expect(maskPhone(phone)).toBe(shown));

test("A number is masked wherever it stands within a value, and nothing else is", () => {
  const said = {
    phone: "+221771234567",
    about: ["call 221771234567", 221771234567, null, true, 12],
    amount: 771234567,
  };
  expect(maskPhoneWithin(said, "+221771234567")).toEqual({
    phone: "+221 ••• 45 67",
    about: ["call +221 ••• 45 67", "+221 ••• 45 67", null, true, 12],
    amount: 771234567,
  });
  expect(maskPhoneWithin(said, null)).toEqual(said);
});
