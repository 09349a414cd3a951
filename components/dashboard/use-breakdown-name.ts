"use client";

import { useLocale, useTranslations } from "use-intl";
import type { breakdowns } from "./use-dashboard-filter.ts";

type By = (typeof breakdowns)[number];

/** What a row of a breakdown is called: languages and countries in the reader's language. */
export function useBreakdownName() {
  const t = useTranslations("dashboard");
  const locale = useLocale();
  const intl = { language: nameIn(locale, "language"), country: nameIn(locale, "region") };
  return (by: By, { id, name }: { id: string | null; name: string | null }): string => {
    if (id === null) return t(`without.${by}`);
    if (by === "language" || by === "country") return intl[by](id);
    return name ?? (by === "template" ? id : t("gone"));
  };
}

function nameIn(locale: string, type: "language" | "region"): (code: string) => string {
  const names = new Intl.DisplayNames(locale, { type, fallback: "code" });
  return (code) => {
    try {
      const name = names.of(code.replace("_", "-")) ?? code;
      return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
    } catch {
      return code;
    }
  };
}
