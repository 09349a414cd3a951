import type { TemplateInfo } from "#flow/template.ts";
import type { Life } from "./play-life.ts";
import type { Seed } from "./seed.ts";
import type { SeededContact } from "./seed-contacts.ts";
import type { RunningFlow } from "./seed-flows.ts";

/** A life and whose it was. */
export type History = { seed: Seed; running: RunningFlow; person: SeededContact; enrollmentId: string; life: Life };

/** The language this person would get: their own, else English. */
export const languageFor = (templates: readonly TemplateInfo[], name: string, locale: string) => {
  const languages = templates.find((template) => template.name === name)?.languages ?? [];
  return (
    languages.find((content) => content.language.slice(0, 2) === locale.slice(0, 2)) ??
    languages.find((content) => content.language.startsWith("en")) ??
    languages[0]
  );
};
