"use client";

import { useLocale } from "use-intl";
import { cn } from "#components/ui/cn.ts";

/** Monday first, as ISO 8601 counts them. */
const week = [1, 2, 3, 4, 5, 6, 7] as const;

type WeekdaysProps = { label: string; days: readonly unknown[]; onChange: (days: number[]) => void };

/** Days of the week as switches. */
export function Weekdays({ label, days, onChange }: WeekdaysProps) {
  const locale = useLocale();
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{label}</legend>
      {week.map((day) => {
        const isOn = days.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={isOn}
            aria-label={weekday(day, locale, "long")}
            title={weekday(day, locale, "long")}
            onClick={() => onChange(week.filter((each) => (each === day ? !isOn : days.includes(each))))}
            className={cn(
              "grid h-8 min-w-0 flex-1 place-items-center rounded-md border text-sm uppercase transition-colors",
              isOn
                ? "border-accent-border bg-accent-tint font-semibold text-accent"
                : "border-border-strong bg-surface text-secondary hover:bg-hover",
            )}
          >
            {weekday(day, locale, "narrow")}
          </button>
        );
      })}
    </fieldset>
  );
}

/** 5 January 1970 was a Monday. */
const weekday = (day: number, locale: string, style: "long" | "narrow"): string =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(new Date(Date.UTC(1970, 0, 4 + day)));
