import type { Purpose } from "../graph.ts";

/** Consent is given for two things; every class of message belongs to one of them. */
export type ConsentPurpose = "service" | "marketing";

export const consentFor = (purpose: Purpose): ConsentPurpose => (purpose === "marketing" ? "marketing" : "service");
