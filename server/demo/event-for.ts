import type { JsonObject } from "#flow/json.ts";

/** Amounts in minor units, as a core-banking system of that country would send them; shops that are not there. */
const places: Record<string, { purchase: number; loan: number; merchant: string }> = {
  XOF: { purchase: 86_500, loan: 2_500_000, merchant: "Électro Plaza Dakar" },
  GHS: { purchase: 145_000, loan: 2_500_000, merchant: "Makola Electronics" },
  COP: { purchase: 24_890_000, loan: 450_000_000, merchant: "Tienda Andina" },
  MXN: { purchase: 389_000, loan: 8_000_000, merchant: "Mercado Roma" },
  EUR: { purchase: 18_900, loan: 800_000, merchant: "Électro Lyon" },
  INR: { purchase: 1_845_000, loan: 15_000_000, merchant: "Pune Electronics" },
};

const proofOfAddress: Record<string, string> = {
  fr: "justificatif de domicile",
  en: "proof of address",
  es: "comprobante de domicilio",
  pt_BR: "comprovante de residência",
};

type About = { locale: string; currency?: string; creditScore?: number /** Makes its ids its own. */; number?: number };

/**
 * A starter's sample event as if it were about this person: their currency, their language, their score, ids of its own. What the
 * sample does not carry is not added.
 */
export function eventFor(sample: JsonObject, { locale, currency, creditScore, number }: About): JsonObject {
  const place = places[currency ?? ""];
  const known: JsonObject = {
    ...(place
      ? {
          currency: currency ?? null,
          merchant: place.merchant,
          amount: "offerId" in sample ? place.loan : place.purchase,
        }
      : {}),
    ...(creditScore === undefined ? {} : { creditScore }),
    ...(number === undefined ? {} : { transactionId: `TX-${90_000 + number}`, offerId: `LOAN-${2_000 + number}` }),
    missing: [proofOfAddress[locale] ?? "proof of address"],
  };
  return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, known[name] ?? value]));
}
