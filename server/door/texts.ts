import type { IncomingMessage } from "node:http";
import { createTranslator } from "use-intl/core";
import en from "#messages/en.json" with { type: "json" };
import fr from "#messages/fr.json" with { type: "json" };

export type Language = "en" | "fr";

/** Texts of our public pages; the same files as the screens. */
export const texts = {
  upload: (language: Language) =>
    createTranslator({ locale: language, messages: messagesOf(language), namespace: "upload" }),
  optIn: (language: Language) =>
    createTranslator({ locale: language, messages: messagesOf(language), namespace: "optIn" }),
  links: (language: Language) =>
    createTranslator({ locale: language, messages: messagesOf(language), namespace: "links" }),
};

const messagesOf = (language: Language) => (language === "fr" ? fr : en);

/** The first of the given locales ("fr_SN", "en-GB") that we speak; English otherwise. */
export function languageOf(...locales: (string | null | undefined)[]): Language {
  for (const locale of locales) {
    const word = locale?.slice(0, 2).toLowerCase();
    if (word === "fr" || word === "en") return word;
  }
  return "en";
}

/** What the browser asks for, in its order. */
export const languagesAccepted = (request: IncomingMessage): string[] =>
  (request.headers["accept-language"] ?? "").split(",").map((part) => part.trim().slice(0, 5));
