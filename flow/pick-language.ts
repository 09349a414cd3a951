/**
 * The language of a template that a person gets: their own ("fr_SN"), its mother ("fr"), a sister ("fr_FR"), then the
 * workspace's in the same order, then whatever is approved. Among them an approved one wins; null only for a template
 * without languages.
 */
export function pickLanguage<Language extends { language: string; status: string }>(
  template: { languages: readonly Language[] },
  locale: string | null,
  workspaceLanguage: string,
): Language | null {
  const wishes = [locale, workspaceLanguage].filter((wish) => wish !== null).flatMap(ranked);
  const approved = template.languages.filter((language) => language.status === "approved");
  for (const languages of [approved, template.languages]) {
    for (const fits of wishes) {
      const found = languages.find(({ language }) => fits(language));
      if (found) return found;
    }
    if (languages[0]) return languages[0];
  }
  return null;
}

function ranked(locale: string): ((language: string) => boolean)[] {
  const wanted = locale.replaceAll("-", "_").toLowerCase();
  const mother = wanted.split("_")[0] ?? wanted;
  return [
    (language) => language.toLowerCase() === wanted,
    (language) => language.toLowerCase() === mother,
    (language) => language.toLowerCase().split("_")[0] === mother,
  ];
}
