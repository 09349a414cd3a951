"use client";

import { useFormatter, useLocale, useTranslations } from "use-intl";
import { Select } from "#components/ui/select.tsx";
import type { Live } from "./refresh.ts";
import { type LiveAddress, periods } from "./use-live-filter.ts";

/** Time, version and language of what is counted. */
export function LiveFilters({ address, live }: { address: LiveAddress; live: Live }) {
  const t = useTranslations("flowLive.filters");
  const format = useFormatter();
  const locale = useLocale();
  const names = new Intl.DisplayNames([locale], { type: "language" });
  const { days, version, language, set } = address;
  return (
    <div className="floating flex items-center gap-1 rounded-lg border border-border bg-raised p-1">
      <Select
        isDense
        aria-label={t("period")}
        className="w-auto border-transparent bg-transparent"
        value={String(days)}
        options={periods.map((count) => ({ value: String(count), label: t("days", { count }) }))}
        onValueChange={(value) => set({ days: Number(value) })}
      />
      <Select
        isDense
        aria-label={t("version")}
        className="w-auto border-transparent bg-transparent"
        value={String(version)}
        options={[
          ...live.versions.map(({ number, people }) => ({
            value: String(number),
            label: `v${number}`,
            hint: t("people", { count: people, people: format.number(people) }),
          })),
          { value: "0", label: t("allVersions") },
        ]}
        onValueChange={(value) => set({ version: Number(value), step: null, way: null })}
      />
      <Select
        isDense
        aria-label={t("language")}
        className="w-auto border-transparent bg-transparent"
        value={language}
        options={[
          { value: "all", label: t("allLanguages") },
          ...live.languages.map((code) => ({
            value: code || "none",
            label: code ? (names.of(code) ?? code) : t("noLanguage"),
          })),
        ]}
        onValueChange={(value) => set({ language: value })}
      />
    </div>
  );
}
