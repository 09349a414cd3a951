import { parsePhoneNumberFromString } from "libphonenumber-js/max";

export type ListKind = "phone" | "customer";

/** What is wrong with a row: a key under `settings.list.problems` on screen. */
export type ListProblem = "no-phone" | "no-country" | "too-long";

/** A list as it was read. Rows are counted from 1, the header among them. */
export type ReadList = {
  kind: ListKind;
  values: string[];
  /** Rows that name what an earlier row named. */
  repeated: number;
  problems: { row: number; value: string; problem: ListProblem }[];
};

const headers: Record<string, ListKind> = {
  ...Object.fromEntries(
    ["phone", "phone number", "mobile", "msisdn", "number", "numero", "telephone", "whatsapp"].map((word) => [
      word,
      "phone",
    ]),
  ),
  ...Object.fromEntries(
    ["id", "customer", "customer id", "external id", "user id", "userid", "client", "identifiant"].map((word) => [
      word,
      "customer",
    ]),
  ),
};

/**
 * Reads a suppression list: the first column of a CSV (comma, semicolon or tab) holds phones with their country code, or customer
 * ids where the header says so ("id", "customer id"). Without a header they are phones. Other columns are not looked at. Pure.
 */
export function readSuppressionList(text: string): ReadList {
  const rows = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ row: index + 1, value: firstColumn(line) }));
  const header = headers[wordOf(rows[0]?.value ?? "")];
  const kind = header ?? "phone";
  const values = new Set<string>();
  const list: ReadList = { kind, values: [], repeated: 0, problems: [] };
  for (const { row, value } of header ? rows.slice(1) : rows) {
    // Blank lines, such as the last one, are no rows.
    if (value === "") continue;
    const read = kind === "phone" ? readPhone(value) : readCustomer(value);
    if ("problem" in read) list.problems.push({ row, value: value.slice(0, 60), problem: read.problem });
    else if (values.has(read.value)) list.repeated += 1;
    else values.add(read.value);
  }
  return { ...list, values: [...values] };
}

/** Quoted or not; a doubled quote is a quote (RFC 4180). */
function firstColumn(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted?.replaceAll('""', '"') ?? line.split(/[,;\t]/, 1)[0] ?? "").trim();
}

const wordOf = (value: string): string =>
  value
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[_-]+/g, " ")
    .toLowerCase();

type Read = { value: string } | { problem: ListProblem };

/** Spreadsheets drop the plus, and some write 00 for it: with a country code it is a number all the same. */
function readPhone(text: string): Read {
  const digits = text.replace(/[^\d+]/g, "").replace(/^00/, "+");
  if (digits.replace("+", "").length < 7) return { problem: "no-phone" };
  const phone = parsePhoneNumberFromString(digits.startsWith("+") ? digits : `+${digits}`);
  // By its length alone: a number that was taken out of service is what such lists are about.
  if (phone?.isPossible()) return { value: phone.number };
  return { problem: digits.startsWith("+") ? "no-phone" : "no-country" };
}

const longestId = 200;
const readCustomer = (value: string): Read => (value.length > longestId ? { problem: "too-long" } : { value });
