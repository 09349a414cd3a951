"use client";

import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import type { Filter } from "./use-dashboard-filter.ts";

/** Whose numbers of which days they are, and what they are filtered by, in one line: for what is taken along. */
export function usePeriodWords(): (filter: Filter) => string {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const { workspace } = useSession();
  const dayOf = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return ({ from, until, ...filters }) =>
    [
      workspace.name,
      from === until ? dayOf(from) : t("fromTo", { low: dayOf(from), high: dayOf(until) }),
      Object.keys(filters).length > 0 ? t("filtered") : null,
    ]
      .filter(Boolean)
      .join(" · ");
}
