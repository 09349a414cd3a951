"use client";

import { useTranslations } from "use-intl";

type Arms = { kind: "split" | "holdout"; arms: readonly { id: string; name: string }[] };

/** What an arm is called: the maker's own words, and for a holdout ours. */
export function useArmName({ kind, arms }: Arms): (id: string | null | undefined) => string {
  const t = useTranslations("experiments.sides");
  return (id) => {
    if (kind === "holdout") return id === "held-out" ? t("heldOut") : t("treated");
    return arms.find((arm) => arm.id === id)?.name || (id ?? "");
  };
}
