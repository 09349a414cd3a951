import { expect, test } from "vitest";
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import es from "./public/es.json" with { type: "json" };
import hi from "./public/hi.json" with { type: "json" };
import pt from "./public/pt.json" with { type: "json" };

type Texts = { [key: string]: string | Texts };

const flatten = (texts: Texts, path = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );

const english = new Map(flatten(en));
const french = new Map(flatten(fr));

test("English and French say the same things", () => {
  expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
});

test("a text has the same blanks in both languages", () => {
  const differing = [...english].filter(([key, text]) => blanksOf(text) !== blanksOf(french.get(key) ?? ""));
  expect(differing.map(([key]) => key)).toEqual([]);
});

test.each([
  ["Spanish", es],
  ["Portuguese", pt],
  ["Hindi", hi],
])("the public pages say the same in %s as in English", (_, texts) => {
  const spoken = new Map(flatten(texts));
  const asked = [...english].filter(([key]) => /^(upload|optIn|links)\./.test(key));
  const blanks = (all: Iterable<[string, string]>) => [...all].map(([key, text]) => `${key} ${blanksOf(text)}`).sort();
  expect(blanks(spoken)).toEqual(blanks(asked));
});

/** The names of what is filled in, sorted: {name}, {count, plural, ...} and those inside its branches. */
const blanksOf = (text: string): string => [...new Set(readBlanks(text))].sort().join();

function readBlanks(text: string): string[] {
  return splitBraces(text).flatMap(({ inside }) => {
    const [, name = "", rest] = /^\s*(\w+)\s*(,[\s\S]*)?$/.exec(inside) ?? [];
    return [name, ...(rest ? splitBraces(rest).flatMap((branch) => readBlanks(branch.inside)) : [])];
  });
}

/** What stands between the outermost braces. */
function splitBraces(text: string): { inside: string }[] {
  const found: { inside: string }[] = [];
  let depth = 0;
  let start = 0;
  for (const [index, char] of [...text].entries()) {
    if (char === "{" && depth++ === 0) start = index + 1;
    if (char === "}" && --depth === 0) found.push({ inside: [...text].slice(start, index).join("") });
  }
  return found;
}
