"use client";

import { useCallback } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Problem } from "#flow/prove/problem.ts";
import { readableName } from "./readable-name.ts";

/** A finding in words: what is wrong, what to do about it, and on the button that does it. */
export function useProblemWords() {
  const t = useTranslations("problems");
  const locale = useLocale();
  return useCallback(
    ({ rule, values = {} }: Problem): { title: string; fix: string; act: string } => {
      const { variable, language } = values;
      const shown = {
        ...values,
        ...(typeof variable === "string" && { variable: readableName(variable.replace(/^link\./, "")) }),
        ...(typeof language === "string" && { language: languageIn(locale, language) }),
      };
      const say = (part: string, otherwise: string) =>
        t.has(`${rule}.${part}`) ? t(`${rule}.${part}`, shown) : otherwise;
      return { title: say("title", rule), fix: say("fix", ""), act: say("act", "") };
    },
    [t, locale],
  );
}

/** "French", "français": what people of this locale call the language. */
function languageIn(locale: string, code: string): string {
  return new Intl.DisplayNames(locale, { type: "language" }).of(code.replace("_", "-")) ?? code;
}
