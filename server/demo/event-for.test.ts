import { expect, test } from "vitest";
import { eventFor } from "./event-for.ts";

test.each([
  [
    "a purchase is in the person's money",
    { amount: 1, currency: "EUR", merchant: "x" },
    { locale: "fr", currency: "XOF" },
    { amount: 86_500, currency: "XOF", merchant: "Électro Plaza Dakar" },
  ],
  [
    "a loan is larger than a purchase",
    { offerId: "L", amount: 1 },
    { locale: "en", currency: "INR" },
    { offerId: "L", amount: 15_000_000 },
  ],
  [
    "the missing document is named in the person's language",
    { missing: ["proof of address"], level: 1 },
    { locale: "fr" },
    { missing: ["justificatif de domicile"], level: 1 },
  ],
  ["another language reads English", { missing: ["x"] }, { locale: "hi" }, { missing: ["proof of address"] }],
  [
    "money we know nothing about stays",
    { amount: 7, currency: "JPY" },
    { locale: "en", currency: "JPY" },
    { amount: 7, currency: "JPY" },
  ],
  ["ids are its own", { transactionId: "T" }, { locale: "en", number: 5 }, { transactionId: "TX-90005" }],
])("%s", (_, sample, about, expected) => expect(eventFor(sample, about)).toEqual(expected));
