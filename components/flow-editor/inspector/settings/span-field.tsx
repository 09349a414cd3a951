"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Select } from "#components/ui/select.tsx";
import { WholeNumber } from "./whole-number.tsx";

const unitMinutes = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof unitMinutes;

type SpanFieldProps = {
  label: string;
  minutes: number;
  units: readonly Unit[];
  /** The longest, in minutes. */
  most: number;
  onChange: (minutes: number) => void;
};

/** A length of time that is kept in minutes and said in the largest unit that is whole, until one picks another. */
export function SpanField({ label, minutes, units, most, onChange }: SpanFieldProps) {
  const t = useTranslations("flowEditor.duration");
  const [chosen, setChosen] = useState<Unit | null>(null);
  const isWhole = (unit: Unit) => minutes % unitMinutes[unit] === 0;
  const unit = chosen && isWhole(chosen) ? chosen : (units.findLast(isWhole) ?? units[0] ?? "minutes");
  const set = (amount: number, next: Unit) => onChange(Math.min(most, amount * unitMinutes[next]));
  return (
    <div className="flex gap-2">
      <WholeNumber
        key={unit}
        aria-label={t("amount", { label })}
        value={minutes / unitMinutes[unit]}
        min={1}
        max={Math.floor(most / unitMinutes[unit])}
        onChange={(amount) => set(amount, unit)}
      />
      <Select
        aria-label={t("unit", { label })}
        options={units.map((option) => ({ value: option, label: t(option) }))}
        value={unit}
        onValueChange={(next) => {
          const picked = units.find((option) => option === next) ?? unit;
          setChosen(picked);
          set(Math.max(1, Math.round(minutes / unitMinutes[unit])), picked);
        }}
        className="w-auto flex-1"
      />
    </div>
  );
}
