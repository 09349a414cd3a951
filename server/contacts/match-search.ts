import { eq, ilike, or, type SQL, sql } from "drizzle-orm";
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { contact } from "#db/schema/index.ts";

export type SearchMatch = {
  /** Everybody whom the words may mean. */
  isMatch: SQL | undefined;
  /** Those whom they name outright: the whole customer id, or the whole number. By index. */
  isExact: SQL | undefined;
};

/** So many digits at least are looked for as a part of a number. */
const leastDigits = 4;

/**
 * A name, a customer id or a phone number as people write one: as it is stored, as it is dialled from abroad, or as it is dialled at
 * home, with spaces, dots, dashes or brackets. `home` is the country whose numbers need no calling code. % and _ are taken literally.
 */
export function matchSearch(search: string, home: CountryCode | undefined): SearchMatch {
  if (search === "") return { isMatch: undefined, isExact: undefined };
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const isNamed = [
    ilike(sql`concat_ws(' ', ${contact.firstName}, ${contact.lastName})`, pattern),
    ilike(contact.externalId, pattern),
  ];
  const isId = eq(contact.externalId, search);
  if (!phoneLike.test(search)) return { isMatch: or(...isNamed), isExact: isId };
  // Somebody abroad is told with the 0 that one dials at home: +44 (0)20.
  const text = search.replace(/\(0+\)/g, "").replace(/^\s*00/, "+");
  const numbers = [parsePhoneNumberFromString(text, home), parsePhoneNumberFromString(`+${text}`)].flatMap((number) =>
    number?.isPossible() ? [number.number as string] : [],
  );
  const isWhole = numbers.flatMap((number) => [eq(contact.phone, number), eq(contact.waId, number.slice(1))]);
  // 00 before a country's code and 0 before a number at home are dialled and, in most countries, not stored.
  const digits = text.replace(/\D/g, "");
  const tails = [...new Set([digits, digits.replace(/^0+/, "")])].filter((tail) => tail.length >= leastDigits);
  const isPart = tails.map((tail) => ilike(contact.phone, `%${tail}%`));
  return { isMatch: or(...isNamed, ...isPart, ...isWhole), isExact: or(isId, ...isWhole) };
}

/** Nothing but what stands in a written phone number. */
const phoneLike = /^[+\d\s().\-/\u00a0\u2009\u202f\u2010-\u2013]+$/u;
