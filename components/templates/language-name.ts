/** "français" for "fr_FR" in the reader's language, as it stands inside a sentence; the code where nobody knows it. */
export const languageInSentence = (code: string, locale: string): string =>
  new Intl.DisplayNames([locale], { type: "language", fallback: "code" }).of(code.replace("_", "-")) ?? code;

/** The same where it stands alone: with a capital. */
export function languageName(code: string, locale: string): string {
  const name = languageInSentence(code, locale);
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
