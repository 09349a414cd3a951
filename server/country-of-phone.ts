import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { remember } from "#flow/remember.ts";

/** A sign and the digits by which countries with one calling code are told apart (Saint-Barthélemy: +590 590 27). */
export const tellingLength = 9;

/** The country of a phone in E.164 with +, as "SN"; null when there is none or it belongs to no country. */
export const countryOfPhone = (phone: string | null): string | null =>
  phone ? countryOf(`${phone.slice(0, tellingLength)} ${phone.length}`, phone) : null;

/** Reading a number takes longer than all else that a message is written with, and numbers with the same beginning and length are of one country. */
const known = remember(20_000, (_: string): { country?: string | null } => ({}));

function countryOf(beginning: string, phone: string): string | null {
  const kept = known(beginning);
  // A number that is none says nothing about its neighbours.
  kept.country ??= parsePhoneNumberFromString(phone)?.country ?? null;
  return kept.country;
}

/** The countries that have a calling code to themselves, by it: a number with it needs no reading. */
export const countryByCode: Readonly<Record<string, string>> = Object.fromEntries(
  [...Map.groupBy(getCountries(), (country) => getCountryCallingCode(country))].flatMap(([code, [only, ...others]]) =>
    only && others.length === 0 ? [[code, only]] : [],
  ),
);
