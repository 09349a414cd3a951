import type { Purpose } from "../graph.ts";

/** A consent may be given to each class of messages; fraud and transaction messages are covered by the one to service, too. */
export const consentPurposes = ["service", "marketing", "fraud", "transaction"] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/**
 * One consent as it stands. Times are ISO 8601; from `expiresAt` on it is none. `wording`: a short name of the very words that were
 * agreed to (server/wording-key.ts); left out where nobody was shown any.
 */
export type ConsentGiven = { state: "granted" | "withdrawn"; at: string; expiresAt?: string | null; wording?: string };

/** Consent as it stands, by purpose; a purpose that was never asked about is missing. */
export type Consents = Partial<Record<ConsentPurpose, ConsentGiven>>;

/** Whose word counts for a class: its own, where the person was asked about it, else the one about service. */
export function consentFor(purpose: Purpose, consents: Consents = {}): ConsentPurpose {
  return purpose === "marketing" || consents[purpose] ? purpose : "service";
}

/** A workspace's rules for consent; without any, each holds until its own end. */
export type ConsentRules = {
  /** Classes that leave without one; a STOP or a withdrawal holds for them, too. */
  exempt: readonly Purpose[];
  /** For how many months one without an end of its own holds. */
  months: number | null;
  /** Milliseconds since 1970: those given before it ended then, since the wording was another one. */
  since: number | null;
  /** Wordings whose consents count no more. */
  retired: readonly string[];
};

export const noConsentRules: ConsentRules = { exempt: [], months: null, since: null, retired: [] };

/**
 * Consents with the end that the rules give them: their own, so many months after they were given, or the day of a
 * new wording; those of a retired wording end as they begin.
 */
export function withEnds<Given extends ConsentGiven>(
  consents: Partial<Record<ConsentPurpose, Given>>,
  { months, since, retired }: Omit<ConsentRules, "exempt">,
): Partial<Record<ConsentPurpose, Given>> {
  if (months === null && since === null && retired.length === 0) return consents;
  const endOf = ({ at, expiresAt, wording }: ConsentGiven): string | null => {
    if (wording !== undefined && retired.includes(wording)) return at;
    const own = expiresAt ?? (months === null ? null : addMonths(new Date(at), months).toISOString());
    if (since === null || Date.parse(at) >= since) return own;
    const renewed = new Date(since).toISOString();
    return own !== null && Date.parse(own) < since ? own : renewed;
  };
  const ended = { ...consents };
  for (const purpose of consentPurposes) {
    const given = consents[purpose];
    if (given) ended[purpose] = { ...given, expiresAt: endOf(given) };
  }
  return ended;
}

/** The same day of the month; where that month has none, its last. */
export function addMonths(at: Date, months: number): Date {
  const after = new Date(at);
  after.setUTCMonth(after.getUTCMonth() + months);
  if (after.getUTCDate() !== at.getUTCDate()) after.setUTCDate(0);
  return after;
}

/** How a consent stands at a moment (milliseconds since 1970). */
export function consentAt(given: ConsentGiven | undefined, now: number): "none" | "granted" | "withdrawn" | "expired" {
  if (!given) return "none";
  if (given.state === "withdrawn") return "withdrawn";
  return given.expiresAt && Date.parse(given.expiresAt) <= now ? "expired" : "granted";
}
