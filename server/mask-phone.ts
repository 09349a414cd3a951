import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Json } from "#flow/json.ts";

/** "+221 ••• 12 34": the calling code and the last four digits. Full numbers are shown by no list. */
export function maskPhone(phone: string | null): string | null {
  if (!phone) return null;
  const callingCode = parsePhoneNumberFromString(phone)?.countryCallingCode;
  const tail = phone.replace(/\D/g, "").slice(-4);
  return `${callingCode ? `+${callingCode} ` : ""}••• ${tail.slice(0, 2)} ${tail.slice(2)}`;
}

/** The same value with this number masked wherever it stands in it, with or without its plus sign, as text or as a number. */
export function maskPhoneWithin<Value extends Json>(value: Value, phone: string | null): Value;
export function maskPhoneWithin(value: Json, phone: string | null): Json {
  const digits = phone?.replace(/\D/g, "") ?? "";
  if (digits === "") return value;
  const masked = maskPhone(phone) ?? "";
  const hide = (part: Json): Json => {
    if (typeof part === "string") return part.replaceAll(`+${digits}`, masked).replaceAll(digits, masked);
    if (typeof part === "number") return String(part) === digits ? masked : part;
    if (Array.isArray(part)) return part.map(hide);
    if (part === null || typeof part === "boolean") return part;
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, hide(each)]));
  };
  return hide(value);
}
