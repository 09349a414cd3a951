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
  const wishes = [locale, workspaceLanguage].filter((wish) => wish !== null);
  const approved = template.languages.filter((language) => language.status === "approved");
  for (const languages of [approved, template.languages]) {
    for (const wish of wishes) {
      const found = closestLanguage(languages, wish);
      if (found) return found;
    }
    if (languages[0]) return languages[0];
  }
  return null;
}

/** Of some languages the one that whoever speaks `spoken` ("fr_SN") understands: it itself, its mother ("fr"), a sister ("fr_FR"). */
export function closestLanguage<Language extends { language: string }>(
  languages: readonly Language[],
  spoken: string,
): Language | undefined {
  const wanted = spoken.replaceAll("-", "_").toLowerCase();
  const mother = wanted.split("_")[0] ?? wanted;
  return (
    languages.find(({ language }) => language.toLowerCase() === wanted) ??
    languages.find(({ language }) => language.toLowerCase() === mother) ??
    languages.find(({ language }) => language.toLowerCase().split("_")[0] === mother)
  );
}
