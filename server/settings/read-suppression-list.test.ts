import { expect, test } from "vitest";
import { readSuppressionList } from "./read-suppression-list.ts";

test.each([
  [
    "phones without a header",
    "+221771234567\n+919876543210\n",
    { kind: "phone", values: ["+221771234567", "+919876543210"] },
  ],
  [
    "a header in capitals, Windows line ends, a byte order mark",
    "\uFEFFPhone Number\r\n+221771234567\r\n",
    { kind: "phone", values: ["+221771234567"] },
  ],
  [
    "spaces, dashes, 00 and a lost plus",
    "+221 77 123-45-67\n00919876543210\n33612345678",
    { values: ["+221771234567", "+919876543210", "+33612345678"] },
  ],
  [
    "quotes and other columns",
    '"+221771234567";"revoked, October"\n+33612345678\tx',
    { values: ["+221771234567", "+33612345678"] },
  ],
  [
    "customer ids by their header",
    'customer_id,reason\nC-001,court\n"C-""2""",x',
    { kind: "customer", values: ["C-001", 'C-"2"'] },
  ],
  ["in French", "Téléphone\n+33612345678", { kind: "phone", values: ["+33612345678"] }],
  [
    "one number written in two ways counts once",
    "+221771234567\n00221 77 123 45 67",
    { values: ["+221771234567"], repeated: 1 },
  ],
  [
    "a line break within quotes",
    '+33612345678,"two\nlines"\n+221771234567',
    { values: ["+33612345678", "+221771234567"], problems: [] },
  ],
  ["a quoted header", '"Téléphone";"Motif"\n"+33612345678";"x"', { kind: "phone", values: ["+33612345678"] }],
  ["blank lines", "\n\n+33612345678\n\n", { values: ["+33612345678"], problems: [] }],
  ["nothing", "", { values: [], problems: [] }],
])("reads %s", (_, text, expected) => expect(readSuppressionList(text)).toMatchObject(expected));

test("tells each row that is none, by its number in the file", () => {
  const { values, problems } = readSuppressionList("phone\n+33612345678\nAwa Diop\n771234567\n+33123");
  expect(values).toEqual(["+33612345678"]);
  expect(problems).toEqual([
    { row: 3, value: "Awa Diop", problem: "no-phone" },
    { row: 4, value: "771234567", problem: "no-country" },
    { row: 5, value: "+33123", problem: "no-phone" },
  ]);
});

test("an id of more than 200 characters is none", () => {
  expect(readSuppressionList(`id\n${"x".repeat(201)}`).problems).toMatchObject([{ row: 2, problem: "too-long" }]);
});

test("a row that is no CSV is told and costs no other", () => {
  const { values, problems } = readSuppressionList(
    'phone,why\n+33612345678,a\n"+221771234567,b\n+919876543210,"c"d\n+33611111111,e',
  );
  expect(values).toEqual(["+33612345678", "+33611111111"]);
  expect(problems).toMatchObject([
    { row: 3, problem: "no-row" },
    { row: 4, problem: "no-row" },
  ]);
});
