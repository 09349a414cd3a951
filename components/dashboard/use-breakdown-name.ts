"use client";

import { useLocale, useTranslations } from "use-intl";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import type { By } from "./use-dashboard-filter.ts";

type Named = { id: string | null; name: string | null; nodeType?: string | null };

/** What a row of a breakdown is called: languages and countries in the reader's language. */
export function useBreakdownName() {
  const t = useTranslations("dashboard");
  const locale = useLocale();
  const { typeTitle } = useStepWords();
  const intl = { language: nameIn(locale, "language"), country: nameIn(locale, "region") };
  return (by: By, { id, name, nodeType = null }: Named): string => {
    if (id === null) return t(`without.${by}`);
    if (by === "step") return name ?? (nodeType === null ? t("goneStep") : typeTitle(nodeType));
    if (by === "version" && name !== null) return t("versionName", { number: name });
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
