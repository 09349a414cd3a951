import type { Fallback } from "#flow/binding.ts";

/** What is typed for each language of the template; a text for everybody is typed for each. */
export const textsByLanguage = (fallback: Fallback, languages: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    languages.map((language) => [
      language,
      typeof fallback === "string"
        ? fallback
        : (fallback && Object.hasOwn(fallback, language) && fallback[language]) || "",
    ]),
  );

/**
 * The fallback after one language's text was typed: one text where all languages say the same, null where none says
 * anything. Texts of languages that the template does not have are let go.
 */
export function withText(fallback: Fallback, languages: readonly string[], language: string, text: string): Fallback {
  const all = { ...textsByLanguage(fallback, languages), [language]: text };
  const said = Object.entries(all).filter(([, one]) => one !== "");
  if (said.length === 0) return null;
  return new Set(Object.values(all)).size === 1 ? text : Object.fromEntries(said);
}

/** What may stand in the blank, each text once. */
export const distinctTexts = (fallback: Fallback): string[] => [
  ...new Set(
    (typeof fallback === "string" ? [fallback] : Object.values(fallback ?? {})).filter((text) => text.trim() !== ""),
  ),
];
