import { sendBatch, track } from "./call-door.ts";

/** Something to look at: events that put messages on the phones, a tap that hands off, and one that the caps hold back. */
export const prepareDemo = (url: string): Promise<void> =>
  sendBatch(url, [
    track("demo-kwame", "kyc.incomplete", { missing: ["proof of address"] }),
    track("demo-awa", "fraud.suspected", {
      transactionId: "T-9241",
      amount: 18450,
      currency: "XOF",
      merchant: "Électro Dakar",
      cardLast4: "4417",
    }),
    track("demo-diego", "credit.scored", {
      creditScore: 720,
      offerId: "O-77",
      amount: 450000000,
      currency: "COP",
      expiresAt: "2026-12-31",
    }),
  ]);
