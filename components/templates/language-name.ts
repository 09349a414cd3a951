/** "français" for "fr_FR" in the reader's language, with a capital where it stands alone; the code where nobody knows it. */
export function languageName(code: string, locale: string): string {
  const name =
    new Intl.DisplayNames([locale], { type: "language", fallback: "code" }).of(code.replace("_", "-")) ?? code;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
