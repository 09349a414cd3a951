import { closestLanguage, pickLanguage } from "#flow/pick-language.ts";
import type { TemplateInfo, TemplateStatus } from "#flow/template.ts";

/** One language of a template, or one that it lacks and people speak. */
export type LanguageShare = {
  language: string;
  /** Of the people counted, 0 to 1; null where nobody was. */
  share: number | null;
  /** Null: the template does not have it. */
  status: TemplateStatus | null;
  /** Where it is missing: the language its people get. */
  instead: string | null;
};

/**
 * A template's languages with the share of people who speak each, most spoken first, and after the same order those that it lacks.
 * People whose language is not known get the workspace's.
 */
export function languageShares(
  { languages }: Pick<TemplateInfo, "languages">,
  people: Readonly<Record<string, number>>,
  workspaceLanguage: string,
): LanguageShare[] {
  const counts = new Map(languages.map(({ language }) => [language, 0]));
  for (const [spoken, count] of Object.entries(people)) {
    const wanted = spoken || workspaceLanguage;
    const known = [...counts.keys()].map((language) => ({ language }));
    const own = closestLanguage(known, wanted)?.language ?? wanted;
    counts.set(own, (counts.get(own) ?? 0) + count);
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .map(([language, count]): LanguageShare => {
      const status = languages.find((one) => one.language === language)?.status ?? null;
      const instead = status ? null : (pickLanguage({ languages }, language, workspaceLanguage)?.language ?? null);
      return { language, share: all > 0 ? count / all : null, status, instead };
    })
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0));
}
