import { expect, test } from "vitest";
import type { ImportConsent } from "#db/schema/index.ts";
import { guessMapping, ImportMapping } from "./import-mapping.ts";
import { momentOf, readRow } from "./read-row.ts";

const columns = [
  "Customer ID",
  "Téléphone",
  "country",
  "First Name",
  "e-mail",
  "Credit score",
  "opt_in_source",
  "opt_in_at",
  "Tags",
];
const mapping = ImportMapping.parse(guessMapping(columns));
const agreed: ImportConsent = { purposes: ["marketing"], source: "", wording: "Yes, write to me" };
const good = ["C-1", "77 000 41 09", "SN", "Awa", "awa@example.test", "712", "branch", "2026-02-28", "vip; salary"];
const read = (change: Record<number, string>, consent: ImportConsent | null = agreed) =>
  readRow(
    good.map((cell, index) => change[index] ?? cell),
    { columns, mapping, consent, home: null },
  );

test("columns are known by their names, the rest become attributes", () => {
  expect(mapping).toEqual({
    ...{ 0: "externalId", 1: "phone", 2: "country", 3: "firstName", 4: "email", 5: "attribute:creditScore" },
    ...{ 6: "consentSource", 7: "consentAt", 8: "tags" },
  });
});

test("a good row is a person with typed attributes and a proof of consent", () => {
  expect(read({})).toEqual({
    limited: null,
    row: {
      externalId: "C-1",
      phone: "+221770004109",
      fields: { phone: "+221770004109", firstName: "Awa", email: "awa@example.test" },
      attributes: { country: "SN", creditScore: 712 },
      tags: ["vip", "salary"],
      consent: { source: "branch", wording: "Yes, write to me", at: "2026-02-28T00:00:00.000Z" },
    },
  });
});

test.each<[string, Record<number, string>, string, string | undefined]>([
  ["a number that is too short", { 1: "77 000 12" }, "phone-too-short", undefined],
  ["a number of no country", { 1: "77 000 41 09", 2: "" }, "phone-no-country", undefined],
  ["a country that is written out", { 2: "Côte d’Ivoire" }, "unknown-country", "CI"],
  ["a country that is none", { 2: "IVX" }, "unknown-country", undefined],
  ["neither number nor id", { 0: "", 1: "" }, "nobody", undefined],
  ["a day that there is not", { 7: "31/02/2026" }, "no-such-day", undefined],
])("%s refuses the row", (_, change, rule, fix) => {
  expect(read(change)).toMatchObject({ refused: { rule, ...(fix && { fix }) } });
});

test.each<[string, Record<number, string>, string]>([
  ["an e-mail address that is none", { 4: "awa at home" }, "bad-email"],
  ["no proof of consent", { 6: "" }, "no-proof"],
])("%s is left out and said", (_, change, rule) => {
  expect(read(change)).toMatchObject({ limited: { rule }, row: { externalId: "C-1" } });
});

test("what is given for the whole file proves a row that says nothing", () => {
  expect(read({ 6: "", 7: "" }, { ...agreed, source: "branch form" })).toMatchObject({
    row: { consent: { source: "branch form", at: null } },
  });
  expect(read({}, null)).toMatchObject({ limited: null, row: { consent: null } });
});

test.each([
  ["2026-02-29", null],
  ["29/02/2028", "2028-02-29T00:00:00.000Z"],
  ["2026-02-28 10:30", "2026-02-28T10:30:00.000Z"],
  ["2026-02-28T10:30:00+01:00", "2026-02-28T09:30:00.000Z"],
  ["1990-13-04", null],
  ["yesterday", null],
])("the day %s is %s", (text, moment) => expect(momentOf(text)).toBe(moment));
