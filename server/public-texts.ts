import type { IncomingMessage } from "node:http";
import { createTranslator } from "use-intl/core";
import { type FormLanguage, formLanguages } from "#db/schema/index.ts";
import en from "#messages/en.json" with { type: "json" };
import fr from "#messages/fr.json" with { type: "json" };
import es from "#messages/public/es.json" with { type: "json" };
import hi from "#messages/public/hi.json" with { type: "json" };
import pt from "#messages/public/pt.json" with { type: "json" };

type PublicTexts = Pick<typeof en, "upload" | "optIn" | "links">;
const written: Record<FormLanguage, PublicTexts> = { en, fr, es, pt, hi };

/** Texts of our public pages: in English and French the same files as the screens. */
export const publicTexts = {
  upload: (language: FormLanguage) =>
    createTranslator({ locale: language, messages: written[language], namespace: "upload" }),
  optIn: (language: FormLanguage) =>
    createTranslator({ locale: language, messages: written[language], namespace: "optIn" }),
  links: (language: FormLanguage) =>
    createTranslator({ locale: language, messages: written[language], namespace: "links" }),
};

/** The first of the given locales ("fr_SN", "en-GB") that our public pages speak; English otherwise. */
export function languageOf(...locales: (string | null | undefined)[]): FormLanguage {
  for (const locale of locales) {
    const word = locale?.split(/[-_]/)[0]?.toLowerCase();
    const spoken = formLanguages.find((language) => language === word);
    if (spoken) return spoken;
  }
  return "en";
}

/** What the browser asks for, in its order. */
export const languagesAccepted = (request: IncomingMessage): string[] =>
  (request.headers["accept-language"] ?? "").split(",").map((part) => part.split(";")[0]?.trim() ?? "");
