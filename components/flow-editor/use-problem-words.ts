"use client";

import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { StepProblem } from "./editor-state/find-problems.ts";
import { readableName } from "./template-words.ts";

/** A finding in words: what is wrong, and what to do about it. */
export function useProblemWords() {
  const t = useTranslations("problems");
  return useCallback(
    ({ rule, values }: StepProblem): { title: string; fix: string } => {
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
