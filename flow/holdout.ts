import { bucket } from "./bucket.ts";
import type { FlowSettings, Purpose } from "./graph.ts";

/** Nobody is kept from an alert about their money to measure what it brings (experiments: a hard rule). */
export const mayHoldOut = (purpose: Purpose): boolean => purpose === "service" || purpose === "marketing";

/**
 * Where a held-out person falls in the flow's holdout, below its share; null for everybody else. The same for ever, as long as the salt
 * stays: a person who comes again is held out again, and a larger share keeps those who were in the smaller one.
 */
export function heldOutAt(
  { holdout, purpose }: Pick<FlowSettings, "holdout" | "purpose">,
  contactId: string,
): number | null {
  if (!holdout || !mayHoldOut(purpose)) return null;
  const at = bucket(holdout.salt, contactId);
  return at < holdout.percent / 100 ? at : null;
}
