import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** "+221 ••• 12 34": the calling code and the last four digits. Full numbers are shown by no list. */
export function maskPhone(phone: string | null): string | null {
  if (!phone) return null;
  const callingCode = parsePhoneNumberFromString(phone)?.countryCallingCode;
  const tail = phone.replace(/\D/g, "").slice(-4);
  return `${callingCode ? `+${callingCode} ` : ""}••• ${tail.slice(0, 2)} ${tail.slice(2)}`;
}
