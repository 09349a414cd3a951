import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** The country of a phone in E.164 with +, as "SN"; null when there is none or it belongs to no country. */
export const countryOfPhone = (phone: string | null): string | null =>
  (phone ? parsePhoneNumberFromString(phone)?.country : null) ?? null;
