import type { Purpose } from "../graph.ts";

/** Consent is given for two things; every class of message belongs to one of them. */
export type ConsentPurpose = "service" | "marketing";

/** Consent as it stands, by purpose; a purpose that was never asked about is missing. `at` is ISO 8601. */
export type Consents = Partial<Record<ConsentPurpose, { state: "granted" | "withdrawn"; at: string }>>;

export const consentFor = (purpose: Purpose): ConsentPurpose => (purpose === "marketing" ? "marketing" : "service");
