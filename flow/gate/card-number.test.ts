import { expect, test } from "vitest";
import { holdsCardNumber } from "./card-number.ts";

// Published test numbers of the schemes.
test.each([
  ["Visa", "4111111111111111"],
  ["in groups", "Your card 4111 1111 1111 1111 is ready"],
  ["with dashes", "4111-1111-1111-1111"],
  ["with no-break spaces", "4111\u00a01111\u00a01111\u00a01111"],
  ["before an expiry date", "4111 1111 1111 1111 12/28"],
  ["after another number", "Ref 7788 4111 1111 1111 1111"],
  ["Mastercard", "5555555555554444"],
  ["Mastercard, series 2", "2223003122003222"],
  ["American Express", "3782 822463 10005"],
  ["Discover", "6011111111111117"],
  ["JCB", "3530111333300000"],
  ["Diners Club", "30569309025904"],
  ["UnionPay", "6200000000000005"],
  ["in Devanagari digits", "४१११ ११११ ११११ ११११"],
  ["in Arabic digits", "٤١١١١١١١١١١١١١١١"],
  ["in full-width digits", "４１１１１１１１１１１１１１１１"],
])("%s", (_, text) => expect(holdsCardNumber(text)).toBe(true));

test.each([
  ["masked", "•••• 4242"],
  ["last four", "card ending in 1111"],
  ["a wrong check digit", "4111111111111112"],
  ["no card scheme", "9111111111111111"],
  ["a phone number", "+221 77 123 45 67"],
  ["an IBAN", "SN08 SN01 0015 2000 0485 0000 3035"],
  ["amounts", "4 111 111 111 F CFA of 12 500 000 F CFA"],
  ["part of a longer number", "94111111111111111234567"],
  ["dates", "22/11/2026 and 28/11/2026"],
])("%s is none", (_, text) => expect(holdsCardNumber(text)).toBe(false));
