"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { Problem } from "#flow/validate.ts";
import { readableName } from "./readable-name.ts";

/** A finding in words: what is wrong, and what to do about it. */
export function useProblemWords() {
  const t = useTranslations("problems");
  return useCallback(
    ({ rule, values }: Problem): { title: string; fix: string } => {
      const shown =
        values && typeof values.variable === "string"
          ? { ...values, variable: readableName(values.variable.replace(/^link\./, "")) }
          : values;
      return {
        title: t.has(`${rule}.title`) ? t(`${rule}.title`, shown) : rule,
        fix: t.has(`${rule}.fix`) ? t(`${rule}.fix`, shown) : "",
      };
    },
    [t],
  );
}
