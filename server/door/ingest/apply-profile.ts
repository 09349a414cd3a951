import type { ConsentState } from "#db/schema/index.ts";
import { type ConsentPurpose, consentAt } from "#flow/gate/consent.ts";
import type { JsonObject } from "#flow/json.ts";
import type { ConsentChange, ProfileChange, profileFields } from "./profile-change.ts";

/** What of a contact an identify can change. */
export type Profile = Record<(typeof profileFields)[number], string | null> & {
  waId: string | null;
  attributes: JsonObject;
  consents: ConsentState;
};

/** A row for the consent ledger. */
export type ConsentRow = { purpose: ConsentPurpose; state: "granted" | "withdrawn"; at: string; proof: JsonObject };

/** Applies one identify to a contact. Pure; gives the new profile and what the consent ledger has to remember. */
export function applyProfile(before: Profile, change: ProfileChange): { profile: Profile; ledger: ConsentRow[] } {
  const profile: Profile = {
    ...before,
    ...change.fields,
    attributes: merge(before.attributes, change.attributes),
    consents: { ...before.consents },
  };
  // What WhatsApp calls a person belongs to the number: a new number has to be resolved anew.
  if (profile.phone !== before.phone) profile.waId = null;
  const ledger: ConsentRow[] = [];
  for (const consent of change.consents) {
    if (!mayApply(profile.consents[consent.purpose], consent, change.at)) continue;
    profile.consents[consent.purpose] = { state: consent.state, at: change.at, source: "identify" };
    ledger.push({
      purpose: consent.purpose,
      state: consent.state,
      at: change.at,
      proof: { messageId: change.messageId, by: consent.by },
    });
  }
  return { profile, ledger };
}

/**
 * A source system repeats what it knows with every identify, so only a change is recorded, and older news never undoes newer.
 * What the person withdrew themselves (STOP in the chat, or the provider's stop switch) is not given back by a system that
 * has not heard of it: that takes the person.
 */
function mayApply(now: ConsentState[ConsentPurpose], consent: ConsentChange, at: string): boolean {
  if (!now) return !consent.onlyIfGranted;
  if (consentAt(now, Date.parse(at)) === consent.state || Date.parse(at) < Date.parse(now.at)) return false;
  return !(consent.state === "granted" && (now.source === "keyword" || now.source === "provider"));
}

function merge(attributes: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(attributes));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}
