"use client";

import { useTranslations } from "use-intl";

const known = ["opt-out", "undeliverable", "blocked", "listed"] as const;

/** Why nothing leaves to a person, in the middle of a sentence: "the person wrote STOP". */
export function useSuppressionWords(): (reason: string | null) => string {
  const t = useTranslations("contacts.suppressed");
  return (reason) => t(known.find((each) => each === reason) ?? "other");
}
