import { parse } from "csv-parse/sync";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

export type ListKind = "phone" | "customer";

/** What is wrong with a row: a key under `settings.list.problems` on screen. */
export type ListProblem = "no-phone" | "no-country" | "too-long" | "no-row";

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
 * ids where the header says so ("id", "customer id"). Without a header they are phones. Other columns are not looked at, and a row that
 * is no CSV costs no other row. Pure.
 */
export function readSuppressionList(text: string): ReadList {
  const rows = readRows(text);
  const header = headers[wordOf(rows[0]?.value ?? "")];
  const kind = header ?? "phone";
  const values = new Set<string>();
  const list: ReadList = { kind, values: [], repeated: 0, problems: [] };
  for (const { row, value, isBroken } of header ? rows.slice(1) : rows) {
    // A row whose first column is empty names nobody.
    if (value === "") continue;
    const read = isBroken ? broken : kind === "phone" ? readPhone(value) : readCustomer(value);
    if ("problem" in read) list.problems.push({ row, value: value.slice(0, 60), problem: read.problem });
    else if (values.has(read.value)) list.repeated += 1;
    else values.add(read.value);
  }
  return { ...list, values: [...values] };
}

type Row = { row: number; value: string; isBroken: boolean };

/** The first column of each row, by the line on which the row begins. */
function readRows(text: string): Row[] {
  try {
    return parseRows(text, 1);
  } catch {
    // A quote is never closed, or stands in the middle of a value: each line is a row of its own then.
    return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
      try {
        return parseRows(line, index + 1);
      } catch {
        return [{ row: index + 1, value: line.trim(), isBroken: true }];
      }
    });
  }
}

function parseRows(text: string, firstLine: number): Row[] {
  const rows: Row[] = [];
  parse(text, {
    bom: true,
    delimiter: [",", ";", "\t"],
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    on_record: (record: string[], { lines }) => {
      // `lines` is where the row ends: a quoted line break puts its beginning further up.
      const breaks = record.join("").split("\n").length - 1;
      rows.push({ row: firstLine + lines - 1 - breaks, value: record[0] ?? "", isBroken: false });
      return null;
    },
  });
  return rows;
}

const wordOf = (value: string): string =>
  value
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[_-]+/g, " ")
    .toLowerCase();

type Read = { value: string } | { problem: ListProblem };

const broken: Read = { problem: "no-row" };

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
