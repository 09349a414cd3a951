import { expect, test } from "vitest";
import { languageInSentence, languageName } from "./language-name.ts";

test.each([
  ["a language in the reader's own words", "hi", "fr", "hindi", "Hindi"],
  ["one of a country", "pt_BR", "en", "Brazilian Portuguese", "Brazilian Portuguese"],
  ["what is no code stays as it came", "fr@euro", "en", "fr@euro", "Fr@euro"],
])("%s", (_, code, locale, inSentence, alone) => {
  expect(languageInSentence(code, locale)).toBe(inSentence);
  expect(languageName(code, locale)).toBe(alone);
});
