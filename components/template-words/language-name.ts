import { templateLanguages } from "#flow/template-languages.ts";

/** "français" for "fr_FR" in the reader's language, as it stands inside a sentence; the code where nobody knows it. */
export function languageInSentence(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language", fallback: "code" }).of(code.replace("_", "-")) ?? code;
  } catch {
    // What a source system says of its people's languages may be no code at all.
    return code;
  }
}

/** The same where it stands alone: with a capital. */
export function languageName(code: string, locale: string): string {
  const name = languageInSentence(code, locale);
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** Written first, since most banks of this product write in them. */
const first = ["en", "fr", "es", "pt_BR", "hi"];

/** All languages WhatsApp takes, by their names in the reader's language; found by their own names and codes, too. */
export function languageOptions(locale: string): { value: string; label: string; hint: string; keywords: string[] }[] {
  const collator = new Intl.Collator(locale);
  return templateLanguages
    .map((value) => ({
      value,
      label: languageName(value, locale),
      hint: value,
      keywords: [value, languageInSentence(value, value.replace("_", "-"))],
    }))
    .sort((a, b) => placeOf(a.value) - placeOf(b.value) || collator.compare(a.label, b.label));
}

const placeOf = (code: string): number => (first.includes(code) ? first.indexOf(code) : first.length);
