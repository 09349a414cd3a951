import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { templateGallery } from "#flow/template-gallery/gallery.ts";
import { hasSamples, sampleNames, sampleOf } from "#server/test-samples.ts";
import { type FileFormat, type FileRow, fileFormats, readFile, writeFile } from "./template-file.ts";

const gallery: FileRow[] = templateGallery.flatMap(({ name, category, samples, languages }) =>
  languages.map((content) => ({ name, category, samples, content })),
);

const back = (format: FileFormat, rows: FileRow[]) => {
  const { rows: read, problems } = readFile(format, writeFile(format, rows));
  return { rows: read.map(({ place: _, ...row }) => row), problems };
};

describe.each(fileFormats)("%s", (format) => {
  test("the whole gallery comes back as it went out", () => {
    expect(back(format, gallery)).toEqual({ rows: gallery, problems: [] });
  });

  test("whatever words there are come back as they are: quotes, lines, commas, signs a spreadsheet takes for a formula", () => {
    const words = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        '"quoted", with a comma',
        "two\nlines",
        "=SUM(A1)",
        "+221 33",
        "-5 %",
        "@home",
        "one\ttwo",
        " a space before",
      ),
    );
    fc.assert(
      fc.property(words, words, (body, footer) => {
        // An apostrophe before such a sign is what marks it in a CSV.
        fc.pre(![body, footer].some((text) => /^'[=+\-@\t\r]/.test(text)) && !footer.includes("\u0000"));
        const row: FileRow = {
          name: "any",
          category: "utility",
          samples: { a: body },
          content: { language: "fr", header: { kind: "text", text: footer }, body, footer, buttons: [] },
        };
        expect(back(format, [row])).toEqual({ rows: [row], problems: [] });
      }),
    );
  });
});

describe("a file with faults", () => {
  const head = "name,category,language,header,header_text,body,footer,buttons,samples";
  const csv = (...lines: string[]) => readFile("csv", [head, ...lines].join("\n"));
  const good = "kyc,utility,en,,,Hello you,,,";

  test("a bad row is told with its line, and its neighbours come in", () => {
    const { rows, problems } = csv(good, "Bad Name,news,en,,,Hello,,,", "kyc,utility,fr,,,Bonjour,,not json,", good);
    expect(rows.map((row) => `${row.place} ${row.content.language}`)).toEqual(["2 en"]);
    expect(problems).toMatchObject([
      { place: "3", rule: "field", field: "name" },
      { place: "3", rule: "field", field: "category" },
      { place: "4", rule: "field", field: "buttons" },
      { place: "5", rule: "repeated" },
    ]);
  });

  test.each<[string, FileFormat, string, string]>([
    ["no CSV", "csv", 'name,body\n"never closed', "csv"],
    ["columns that are missing", "csv", "name,text\nkyc,Hello", "columns"],
    ["no JSON", "json", "{", "json"],
    ["JSON of something else", "json", '"hello"', "json"],
  ])("%s", (_, format, text, rule) => {
    expect(readFile(format, text)).toMatchObject({ rows: [], problems: [{ rule, field: "file" }] });
  });

  test("an empty file has nothing in it", () => {
    expect(readFile("csv", "")).toEqual({ rows: [], problems: [] });
    expect(readFile("json", '{"templates":[]}')).toEqual({ rows: [], problems: [] });
  });
});

test.skipIf(!hasSamples)("templates as Meta lists them come in, too", () => {
  const known = sampleNames("template_create").filter((name) => /seasonal_promotion|order_confirmation/.test(name));
  const { rows, problems } = readFile("json", JSON.stringify(known.map((name) => sampleOf("template_create", name))));
  expect(problems).toEqual([]);
  expect(rows.map((row) => row.name)).toEqual(["order_confirmation", "seasonal_promotion"]);
  expect(rows[1]?.content).toMatchObject({ header: { kind: "text", text: "Our {{header_1}} is on!" } });
  expect(rows[1]?.samples).toMatchObject({ header_1: "Summer Sale", value_3: "25%" });
});
