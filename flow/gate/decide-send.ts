import type { ConsentPurpose } from "./consent.ts";

export type { ConsentPurpose };

/** The gate's checks, in the order people read them. */
export const gateChecks = [
  "consent",
  "suppression",
  "cap",
  "hours",
  "window",
  "template",
  "channel",
  "budget",
  "content",
] as const;

/** One check as it was decided, with the value it saw: what "Why?" shows. */
export type GateCheck = {
  check: (typeof gateChecks)[number];
  verdict: "pass" | "defer" | "block";
  /** The actual value ("withdrawn", "3", "22:41 Africa/Dakar"). Never a phone number or a name. */
  seen: string;
  needed: string;
};
