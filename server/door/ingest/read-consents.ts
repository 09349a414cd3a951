import { consentPurposes } from "#flow/gate/consent.ts";
import type { Json, JsonObject } from "#flow/json.ts";
import { readPath } from "#flow/json.ts";
import type { ConsentChange } from "./profile-change.ts";
import type { Fault } from "./refusal.ts";

/**
 * Consent as an `identify` tells it: the trait `whatsappConsent` is the whole list of what is granted; Segment's
 * `context.consent.categoryPreferences` says yes or no by purpose, and purposes that are not ours are left alone.
 */
export function readConsents(traits: JsonObject, context: JsonObject): { consents: ConsentChange[]; faults: Fault[] } {
  const fromTrait = readTrait(traits.whatsappConsent);
  const fromPreferences = readPreferences(readPath(context, "consent.categoryPreferences"));
  return {
    consents: [...fromTrait.consents, ...fromPreferences.consents],
    faults: [...fromTrait.faults, ...fromPreferences.faults],
  };
}

function readTrait(value: Json | undefined): { consents: ConsentChange[]; faults: Fault[] } {
  if (value === undefined || value === null) return { consents: [], faults: [] };
  const path = "traits.whatsappConsent";
  // An unknown word may be a misspelt purpose: reading the rest as "everything else is withdrawn" would take consent away by mistake.
  if (!Array.isArray(value)) return { consents: [], faults: [{ reason: "unknown-consent", path }] };
  const unknown = value.findIndex((word) => !isPurpose(word));
  if (unknown >= 0) return { consents: [], faults: [{ reason: "unknown-consent", path: `${path}.${unknown}` }] };
  const consents = consentPurposes.map((purpose): ConsentChange => {
    const isGranted = value.includes(purpose);
    return { purpose, state: isGranted ? "granted" : "withdrawn", onlyIfGranted: !isGranted, by: "trait" };
  });
  return { consents, faults: [] };
}

function readPreferences(value: Json | undefined): { consents: ConsentChange[]; faults: Fault[] } {
  const path = "context.consent.categoryPreferences";
  if (value === undefined || value === null) return { consents: [], faults: [] };
  if (typeof value !== "object" || Array.isArray(value))
    return { consents: [], faults: [{ reason: "unknown-consent", path }] };
  const consents: ConsentChange[] = [];
  const faults: Fault[] = [];
  for (const purpose of consentPurposes) {
    if (!Object.hasOwn(value, purpose)) continue;
    const said = value[purpose];
    if (typeof said !== "boolean") faults.push({ reason: "unknown-consent", path: `${path}.${purpose}` });
    else consents.push({ purpose, state: said ? "granted" : "withdrawn", onlyIfGranted: false, by: "preference" });
  }
  return { consents, faults };
}

const isPurpose = (word: Json): boolean => consentPurposes.some((purpose) => purpose === word);
