"use client";

import { useDeferredValue, useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { lintTemplate, type TemplateFinding } from "#flow/lint-template.ts";
import { languageInSentence } from "./language-name.ts";

export type LocalFinding = TemplateFinding;

/** A draft without its name: what one types. */
type Text = Omit<Parameters<typeof lintTemplate>[0], "name">;

/** The findings of a draft, computed here by the same rules as on the server and never in the way of a key press. */
export function useFindings(draft: Text, name: string): TemplateFinding[] {
  const deferred = useDeferredValue(draft);
  return useMemo(() => lintTemplate({ ...deferred, name }), [deferred, name]);
}

/** A finding in words: what, and why WhatsApp minds. */
export function useFindingWords() {
  const t = useTranslations("templateFindings");
  const locale = useLocale();
  return ({ rule, values: raw }: TemplateFinding): { title: string; why: string } => {
    const values = "other" in raw ? { ...raw, other: languageInSentence(String(raw.other), locale) } : raw;
    return {
      title: t(`${rule}.title` as Parameters<typeof t>[0], values),
      why: t(`${rule}.why` as Parameters<typeof t>[0], values),
    };
  };
}

/** Those of one language (or of all) at a field. */
export const findingsAt = (findings: TemplateFinding[], language: string, field: string): TemplateFinding[] =>
  findings.filter((finding) => (finding.language === language || finding.language === null) && finding.field === field);
