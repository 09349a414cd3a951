"use client";

import { useLocale } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { FieldProps } from "./field-props.ts";

/** The first Monday there was since clocks count: only names of days are read off it. */
const monday = Date.UTC(1970, 0, 5);

/** Days of the week as switches, Monday first. */
export function WeekdaysField({ label, value, onChange }: FieldProps) {
  const locale = useLocale();
  const days = Array.isArray(value) ? value : [];
  const name = (day: number, weekday: "narrow" | "long") =>
    new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(monday + (day - 1) * 86_400_000);
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{label}</legend>
      {[1, 2, 3, 4, 5, 6, 7].map((day) => {
        const isOn = days.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={isOn}
            aria-label={name(day, "long")}
            title={name(day, "long")}
            onClick={() =>
              onChange([1, 2, 3, 4, 5, 6, 7].filter((each) => (each === day ? !isOn : days.includes(each))))
            }
            className={cn(
              "grid h-8 min-w-0 flex-1 place-items-center rounded-md border text-sm uppercase",
              isOn
                ? "border-accent-border bg-accent-tint font-semibold text-accent"
                : "border-border text-secondary hover:bg-hover",
            )}
          >
            {name(day, "narrow")}
          </button>
        );
      })}
    </fieldset>
  );
}
