import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Json, JsonObject } from "#flow/json.ts";
import { readPath } from "#flow/json.ts";
import { type ProfileChange, type ProfileField, profileFields } from "./profile-change.ts";
import type { Fault } from "./refusal.ts";

type Read = { fields: ProfileChange["fields"]; attributes: JsonObject; faults: Fault[] };

/**
 * Splits traits into the contact's own fields and attributes. A trait that cannot be used (a phone that is none, a zone
 * that does not exist) is left out and reported; the other traits still count, because one bad field must not cost a
 * customer their consent or their name. `country` is used for phones without a country code.
 */
export function readTraits(traits: JsonObject, context: JsonObject, country: string | null): Read {
  const read: Read = { fields: {}, attributes: {}, faults: [] };
  const home = countryOf(traits) ?? asCountry(country ?? undefined);
  for (const [key, value] of Object.entries(traits)) {
    if (key === "whatsappConsent") continue;
    const field = profileFields.find((name) => name === key);
    if (field) readField(read, field, value, home);
    else if (key.includes(".")) read.faults.push({ reason: "invalid-trait", path: `traits.${key}` });
    else read.attributes[key] = value;
  }
  if (!Object.hasOwn(traits, "locale")) readHint(read, "locale", context.locale);
  if (!Object.hasOwn(traits, "timezone")) readHint(read, "timezone", context.timezone);
  return read;
}

function readField(read: Read, field: ProfileField, value: Json, home: CountryCode | undefined) {
  if (value === null || value === "") {
    read.fields[field] = null;
    return;
  }
  const result =
    typeof value === "string" || typeof value === "number" ? readers[field](String(value).trim(), home) : null;
  if (result === null) read.faults.push({ reason: faultOf[field], path: `traits.${field}` });
  else read.fields[field] = result;
}

/** Context is about the device that called, so what it says is used when it is usable and never complained about. */
function readHint(read: Read, field: "locale" | "timezone", value: Json | undefined) {
  const result = typeof value === "string" ? readers[field](value.trim(), undefined) : null;
  if (result !== null) read.fields[field] = result;
}

const faultOf: Record<ProfileField, Fault["reason"]> = {
  phone: "invalid-phone",
  email: "invalid-email",
  firstName: "invalid-trait",
  lastName: "invalid-trait",
  locale: "invalid-locale",
  timezone: "invalid-timezone",
};

const shortText = (text: string) => (text.length > 0 && text.length <= 200 ? text : null);

const readers: Record<ProfileField, (text: string, home: CountryCode | undefined) => string | null> = {
  phone: (text, home) => {
    if (text.length > 40) return null;
    const phone = parsePhoneNumberFromString(text, home);
    return phone?.isValid() ? phone.number : null;
  },
  email: (text) => (text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : null),
  firstName: shortText,
  lastName: shortText,
  locale: (text) => (/^[a-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Z]{2}|[a-z]{2}|\d{3}))?$/.test(text) ? text : null),
  timezone: (text) => (isTimezone(text) ? text : null),
};

const knownZones = new Map<string, boolean>();

/** Offsets such as "+02:00" are no zones: they do not know daylight saving. */
function isTimezone(text: string): boolean {
  if (text.length > 60 || /^[+-]/.test(text)) return false;
  const known = knownZones.get(text);
  if (known !== undefined) return known;
  let isValid = true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
  } catch {
    isValid = false;
  }
  if (knownZones.size < 2_000) knownZones.set(text, isValid);
  return isValid;
}

function countryOf(traits: JsonObject): CountryCode | undefined {
  return asCountry(traits.country) ?? asCountry(readPath(traits, "address.country"));
}

function asCountry(value: Json | undefined): CountryCode | undefined {
  if (typeof value !== "string" || value.length !== 2) return undefined;
  const code = value.toUpperCase();
  return isSupportedCountry(code) ? code : undefined;
}
