"use client";

import { useLocale, useTranslations } from "use-intl";
import type { ImportRow } from "./import-types.ts";

type Finding = NonNullable<ImportRow["finding"]>;

/** What is said of a row: `short` for a list of reasons, `long` with what it met. */
export function useFindingWords() {
  const t = useTranslations("audiences.import.findings");
  const locale = useLocale();
  const countryOf = (code: string): string => {
    if (code === "") return "";
    return new Intl.DisplayNames([locale], { type: "region", fallback: "code" }).of(code) ?? code;
  };
  return {
    short: (rule: string): string => (t.has(`short.${rule}`) ? t(`short.${rule}`) : rule),
    long: ({ rule, values = {}, value }: Finding): string => {
      if (!t.has(`long.${rule}`)) return rule;
      const country = countryOf(String(values.country ?? ""));
      return t(`long.${rule}`, {
        country,
        row: values.row ?? 0,
        code: values.code ?? "",
        hasCode: values.code ? "yes" : "no",
        hasCountry: country ? "yes" : "no",
        value,
      });
    },
  };
}
