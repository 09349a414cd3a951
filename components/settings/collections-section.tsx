"use client";

import { CircleAlert } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { Section } from "#components/ui/section.tsx";
import type { CollectionsRule } from "#flow/gate/collections-hours.ts";
import { HoursField } from "./hours-field.tsx";
import type { SectionProps } from "./policy-form.tsx";

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** When debts may be chased: the workspace's own hours and days, and what each country asks for beside them. */
export function CollectionsSection({ policy, onChange, problemOf, settings }: SectionProps) {
  const t = useTranslations("settings.collections");
  const { hours, days } = policy.collections;
  const problem = problemOf("collections.days");
  const names = useTranslations("settings.weekdays");
  return (
    <Section title={t("title")} help={t("help")}>
      <HoursField
        legend={t("title")}
        from={t("from")}
        to={t("to")}
        value={hours}
        problem={problemOf("collections.hours.to")}
        onChange={(next) => onChange({ collections: { hours: next, days } })}
      />
      <div className="space-y-1.5">
        <ToggleGroup.Root
          type="multiple"
          aria-label={t("days")}
          value={days.map(String)}
          onValueChange={(next) => onChange({ collections: { hours, days: next.map(Number).sort() } })}
          className="flex flex-wrap gap-1"
        >
          {weekdays.map((day) => (
            <ToggleGroup.Item
              key={day}
              value={String(day)}
              className="h-8 min-w-11 rounded-md border border-border-strong bg-surface px-2 text-secondary text-sm transition-colors enabled:hover:bg-hover data-[state=on]:border-accent data-[state=on]:bg-accent-tint data-[state=on]:font-medium data-[state=on]:text-accent"
            >
              {names(String(day))}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        {problem ? (
          <p role="alert" className="flex items-start gap-1.5 text-danger text-xs">
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {problem}
          </p>
        ) : null}
      </div>
      <details className="text-sm">
        <summary className="w-fit cursor-pointer rounded-xs text-secondary hover:text-ink">{t("countries")}</summary>
        <CountryTable rules={settings.collectionsRules} />
      </details>
    </Section>
  );
}

function CountryTable({ rules }: { rules: readonly CollectionsRule[] }) {
  const t = useTranslations("settings.collections");
  const format = useFormatter();
  const countries = new Intl.DisplayNames(useLocale(), { type: "region" });
  const hoursOf = useHoursWords();
  return (
    <div className="mt-2 overflow-x-auto rounded-md border border-border">
      <table className="w-full text-left text-xs">
        <thead className="bg-sunken text-secondary">
          <tr className="*:px-3 *:py-1.5 *:font-medium">
            <th scope="col">{t("country")}</th>
            <th scope="col">{t("hours")}</th>
            <th scope="col">{t("since")}</th>
            <th scope="col">{t("source")}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-border align-top">
          {rules.map((rule) => (
            <tr key={rule.country} className="*:px-3 *:py-1.5">
              <th scope="row" className="whitespace-nowrap font-medium">
                {countries.of(rule.country)}
              </th>
              <td className="whitespace-nowrap">
                {hoursOf(rule).map((line) => (
                  <div key={line}>{line}</div>
                ))}
              </td>
              <td className="whitespace-nowrap">
                {format.dateTime(new Date(rule.effectiveFrom), { dateStyle: "medium", timeZone: "UTC" })}
              </td>
              <td className="text-secondary">{rule.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A week in as few lines as it takes: days with the same hours that follow each other stand together. */
function useHoursWords() {
  const t = useTranslations("settings.collections");
  const names = useTranslations("settings.weekdays");
  return ({ week }: CollectionsRule): string[] => {
    const words = week.map((hours) => (hours ? `${hours.from}–${hours.to}` : t("none")));
    const [first] = week;
    if (first && new Set(words).size === 1) return [t("every", first)];
    const runs: { from: number; to: number; word: string }[] = [];
    for (const [index, word] of words.entries()) {
      const last = runs.at(-1);
      if (last?.word === word) last.to = index + 1;
      else runs.push({ from: index + 1, to: index + 1, word });
    }
    return runs.map(({ from, to, word }) => {
      const days = from === to ? names(String(from)) : `${names(String(from))}–${names(String(to))}`;
      return `${days} ${word}`;
    });
  };
}
