import type { Purpose } from "../graph.ts";

/** A consent may be given to each class of messages; fraud and transaction messages are covered by the one to service, too. */
export const consentPurposes = ["service", "marketing", "fraud", "transaction"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** One consent as it stands. Times are ISO 8601; from `expiresAt` on it is none. */
export type ConsentGiven = { state: "granted" | "withdrawn"; at: string; expiresAt?: string | null };

/** Consent as it stands, by purpose; a purpose that was never asked about is missing. */
export type Consents = Partial<Record<ConsentPurpose, ConsentGiven>>;

/** Whose word counts for a class: its own, where the person was asked about it, else the one about service. */
export function consentFor(purpose: Purpose, consents: Consents = {}): ConsentPurpose {
  return purpose === "marketing" || consents[purpose] ? purpose : "service";
}

/** How a consent stands at a moment (milliseconds since 1970). */
export function consentAt(given: ConsentGiven | undefined, now: number): "none" | "granted" | "withdrawn" | "expired" {
  if (!given) return "none";
  if (given.state === "withdrawn") return "withdrawn";
  return given.expiresAt && Date.parse(given.expiresAt) <= now ? "expired" : "granted";
}
