import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { DraftContent } from "#flow/lint-template.ts";
import type { TemplateCategory } from "#flow/template.ts";
import { readDefinition } from "#server/channels/meta-cloud/read-definition.ts";
import { Category, DraftContent as Content, Samples, TemplateName } from "./template-draft.ts";

/** One language of a template as a file holds it. */
export type FileRow = {
  name: string;
  category: TemplateCategory;
  samples: Record<string, string>;
  content: DraftContent;
};

/** A row that cannot be taken, where it stands (a line of a CSV, an entry of a JSON) and why: a key under `templates.import.problems.` */
export type RowProblem = { place: string; rule: string; field: string; detail: string };
export type ReadFile = { rows: (FileRow & { place: string })[]; problems: RowProblem[] };

export const fileFormats = ["csv", "json"] as const;
export type FileFormat = (typeof fileFormats)[number];

const columns = ["name", "category", "language", "header", "header_text", "body", "footer", "buttons", "samples"];

/** Rows as a file: a line for each language in a CSV, an entry for each template in a JSON. `readFile` gives the same rows back. */
export function writeFile(format: FileFormat, rows: readonly FileRow[]): string {
  if (format === "json") {
    const byName = Map.groupBy(rows, (row) => row.name);
    const templates = [...byName].map(([name, own]) => ({
      name,
      category: own[0]?.category,
      samples: own[0]?.samples,
      languages: own.map((row) => row.content),
    }));
    return `${JSON.stringify({ templates }, null, 2)}\n`;
  }
  const lines = rows.map(({ name, category, samples, content: { language, header, body, footer, buttons } }) => [
    name,
    category,
    language,
    header?.kind ?? "",
    headerCell(header),
    body,
    footer ?? "",
    buttons.length > 0 ? JSON.stringify(buttons) : "",
    Object.keys(samples).length > 0 ? JSON.stringify(samples) : "",
  ]);
  // The mark at the start lets spreadsheets read the signs right; a cell that begins with = or the like is no formula.
  return stringify([columns, ...lines], { bom: true, escape_formulas: true });
}

/** What a header holds beside its kind: its words, or those of an offer and of cards as JSON. */
function headerCell(header: DraftContent["header"]): string {
  switch (header?.kind) {
    case "text":
      return header.text;
    case "document":
      return header.fileName;
    case "offer":
    case "cards": {
      const { kind: _, ...rest } = header;
      return JSON.stringify(rest);
    }
    default:
      return "";
  }
}

function headerIn(kind: string, words: string): unknown {
  switch (kind) {
    case "":
    case "none":
      return null;
    case "text":
      return { kind, text: words };
    case "document":
      return { kind, fileName: words };
    case "offer":
    case "cards": {
      const rest = jsonOf(words, {});
      return typeof rest === "object" ? { ...rest, kind } : { kind };
    }
    default:
      return { kind };
  }
}

/** Reads what people bring. One bad row never costs its neighbours: it comes back as a problem, the others as rows. */
export function readFile(format: FileFormat, text: string): ReadFile {
  return format === "csv" ? readCsv(text) : readJson(text);
}

function readCsv(text: string): ReadFile {
  let lines: Record<string, string>[];
  try {
    lines = parse<Record<string, string>>(text, {
      bom: true,
      columns: (head: string[]) => head.map(toColumn),
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (error) {
    return failed("csv", error instanceof Error ? error.message : "");
  }
  const missing = ["name", "category", "language", "body"].filter((column) => lines[0] && !(column in lines[0]));
  if (missing.length > 0) return failed("columns", missing.join(", "));
  return collect(lines.map((line, index) => ({ place: String(index + 2), value: () => fromLine(line) })));
}

const toColumn = (head: string): string =>
  head
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");

/** What escape_formulas put before a cell. */
const plain = (cell: string | undefined): string => (cell ?? "").replace(/^'(?=[=+\-@\t\r])/, "");

function fromLine(line: Record<string, string>): unknown {
  const cell = (column: string) => plain(line[column]);
  return {
    name: cell("name"),
    category: cell("category").toLowerCase(),
    samples: jsonOf(cell("samples"), {}),
    content: {
      language: cell("language"),
      header: headerIn(cell("header"), cell("header_text")),
      body: cell("body"),
      footer: cell("footer") || null,
      buttons: jsonOf(cell("buttons"), []),
    },
  };
}

/** What is not JSON stays a text, and the check of the row says that it is none of what is wanted there. */
function jsonOf(cell: string, otherwise: unknown): unknown {
  if (cell.trim() === "") return otherwise;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

const Templates = z.union([
  z.looseObject({ templates: z.array(z.unknown()) }).transform(({ templates }) => templates),
  z.looseObject({ data: z.array(z.unknown()) }).transform(({ data }) => data),
  z.array(z.unknown()),
  z.looseObject({ name: z.string() }).transform((one) => [one]),
]);
const Entry = z.looseObject({ languages: z.array(z.unknown()) });

function readJson(text: string): ReadFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return failed("json", error instanceof Error ? error.message : "");
  }
  const templates = Templates.safeParse(value);
  if (!templates.success) return failed("json", "");
  return collect(
    templates.data.flatMap((entry, index): { place: string; value: () => unknown }[] => {
      const whole = Entry.safeParse(entry);
      // A template of Meta's own shape, one language each.
      if (!whole.success) return [{ place: String(index + 1), value: () => readDefinition(entry) }];
      const { languages, name, category, samples } = whole.data;
      return languages.map((content, at) => ({
        place: `${index + 1}.${at + 1}`,
        value: () => ({ name, category, samples: samples ?? {}, content }),
      }));
    }),
  );
}

const Row = z.strictObject({ name: TemplateName, category: Category, samples: Samples, content: Content });

function collect(entries: { place: string; value: () => unknown }[]): ReadFile {
  const read: ReadFile = { rows: [], problems: [] };
  const seen = new Set<string>();
  for (const { place, value } of entries) {
    const parsed = Row.safeParse(value());
    if (!parsed.success) {
      read.problems.push(...problemsOf(parsed.error, place));
      continue;
    }
    const key = `${parsed.data.name} ${parsed.data.content.language}`;
    if (seen.has(key)) read.problems.push({ place, rule: "repeated", field: "language", detail: key });
    else read.rows.push({ place, ...parsed.data });
    seen.add(key);
  }
  return read;
}

/** One problem for each cell: which it is, and what was wrong in the words of the check. */
function problemsOf(error: z.ZodError, place: string): RowProblem[] {
  const fields = new Map<string, string>();
  for (const issue of error.issues) {
    const [first, second] = issue.path.map(String);
    const field = first === "content" ? (second ?? "content") : (first ?? "entry");
    if (!fields.has(field)) fields.set(field, issue.message);
  }
  return [...fields].map(([field, detail]) => ({ place, rule: "field", field, detail }));
}

const failed = (rule: string, detail: string): ReadFile => ({
  rows: [],
  problems: [{ place: "", rule, field: "file", detail }],
});
