import { expect, test } from "vitest";
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };

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

/** {name} and {count, plural, ...}, at the outermost level and inside plurals. */
const blanksOf = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map((match) => match[1]))].sort();

test("a text has the same blanks in both languages", () => {
  const differing = [...english].filter(
    ([key, text]) => blanksOf(text).join() !== blanksOf(french.get(key) ?? "").join(),
  );
  // A plural may name its number in words, so a literal inside a branch is no blank: compare only what is asked for.
  expect(
    differing.filter(([key, text]) => argumentsOf(text) !== argumentsOf(french.get(key) ?? "")).map(([key]) => key),
  ).toEqual([]);
});

const argumentsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)(?:\}|,\s*(?:plural|select|number|date|time))/g)].map((match) => match[1]))]
    .sort()
    .join();
