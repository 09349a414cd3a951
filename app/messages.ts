import { createTranslator } from "use-intl/core";
import type { Language } from "#server/auth/languages.ts";
import en from "../messages/en.json";
import written from "../messages/fr.json";
import { withFixedSpaces } from "./fixed-spaces.ts";

const fr = withFixedSpaces(written);

/** All texts of one language, for the provider of client components. */
export const messagesOf = (language: Language) => (language === "fr" ? fr : en);

/** Texts in server components: page titles. */
export const translatorOf = (language: Language) =>
  createTranslator({ locale: language, messages: messagesOf(language) });
