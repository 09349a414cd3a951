import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { countryByCode, countryOfPhone } from "./country-of-phone.ts";

/** Beginnings that countries share a calling code in, and some that do not. */
const beginnings = [
  ...["+22177123", "+91987654", "+57301234", "+33612345", "+52155123"],
  ...[
    "+14155550",
    "+14165550",
    "+18765550",
    "+12465550",
    "+77012345",
    "+79161234",
    "+44778112",
    "+44791112",
    "+44770090",
  ],
  ...[
    "+39066981",
    "+39066912",
    "+47791234",
    "+35818123",
    "+61891621",
    "+21252881",
    "+26269234",
    "+59059027",
    "+59069012",
  ],
];

test.each(beginnings)("numbers that begin with %s are of the country that each of them is of", (beginning) => {
  for (let end = 0; end < 1000; end += 37) {
    for (const digits of [3, 4, 5]) {
      const phone = `${beginning}${String(end).padStart(digits, "0")}`;
      expect(countryOfPhone(phone), phone).toBe(parsePhoneNumberFromString(phone)?.country ?? null);
    }
  }
});

test.each([[null], [""], ["+"], ["12"]])("%s is of no country", (phone) => expect(countryOfPhone(phone)).toBeNull());

test("a calling code that one country has alone tells the country of its numbers, one that several share does not", () => {
  expect(countryByCode).toMatchObject({ 221: "SN", 57: "CO", 55: "BR" });
  for (const shared of ["1", "7", "44", "39", "590"]) expect(countryByCode[shared]).toBeUndefined();
  for (const [code, country] of Object.entries(countryByCode))
    expect([country, null]).toContain(countryOfPhone(`+${code}712345678`));
});
