import { expect, test } from "vitest";
import { pickLanguage } from "./pick-language.ts";

const offer = (...languages: string[]) => ({
  languages: languages.map((name) => ({
    language: name.replace("!", ""),
    status: name.endsWith("!") ? "draft" : "approved",
  })),
});

test.each([
  ["their very own", offer("fr", "fr_SN", "en"), "fr-SN", "fr_SN"],
  ["its mother", offer("en", "fr_FR", "fr"), "fr_SN", "fr"],
  ["a sister", offer("en", "fr_FR"), "fr_SN", "fr_FR"],
  ["the workspace's", offer("es", "en"), "wo", "en"],
  ["the workspace's for who has none", offer("es", "en"), null, "en"],
  ["whatever is approved", offer("es", "hi"), "wo", "es"],
  ["an approved one before the right one", offer("fr!", "en"), "fr", "en"],
  ["their own, when none is approved, so that the gate can say why not", offer("en!", "fr!"), "fr", "fr"],
  ["none of none", offer(), "fr", undefined],
])("a person gets %s", (_, template, locale, expected) =>
  expect(pickLanguage(template, locale, "en")?.language).toBe(expected),
);
