"use client";

import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Schedule } from "#flow/schedule.ts";
import type { FieldProps } from "./field-props.ts";
import { Weekdays } from "./weekdays.tsx";

const modes = Schedule.options.map((option) => option.shape.mode.value);
type Mode = (typeof modes)[number];

/** A schedule as far as one has got with it. */
type Draft = { mode: Mode; day: string; time: string; days: number[]; dayOfMonth: number | null };

/** When a flow starts by itself: how often, and then the day and time that go with it. */
export function ScheduleField({ id, value, isInvalid, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.schedule");
  const draft = read(value);
  const set = (change: Partial<Draft>) => onChange(written({ ...draft, ...change }));
  return (
    <div className="space-y-2">
      <Select
        id={id}
        aria-label={t("mode")}
        options={modes.map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))}
        value={draft.mode}
        onValueChange={(next) => set({ mode: modes.find((mode) => mode === next) ?? draft.mode })}
      />
      {draft.mode === "weekly" ? (
        <Weekdays label={t("weekdays")} days={draft.days} onChange={(days) => set({ days })} />
      ) : null}
      {draft.mode === "now" ? null : (
        <div className="flex items-center gap-2">
          {draft.mode === "once" ? (
            <Input
              type="date"
              aria-label={t("day")}
              aria-invalid={(isInvalid && draft.day === "") || undefined}
              value={draft.day}
              onChange={(event) => set({ day: event.target.value })}
              className="tabular min-w-0 flex-1 px-2"
            />
          ) : null}
          {draft.mode === "monthly" ? (
            <Input
              type="number"
              min={1}
              max={31}
              aria-label={t("dayOfMonth")}
              value={draft.dayOfMonth ?? ""}
              onChange={(event) => set({ dayOfMonth: event.target.value === "" ? null : event.target.valueAsNumber })}
              className="tabular w-20"
            />
          ) : null}
          <span className="text-secondary text-sm">{t("at")}</span>
          <Input
            type="time"
            aria-label={t("time")}
            value={draft.time}
            onChange={(event) => set({ time: event.target.value })}
            className="tabular w-31 shrink-0 px-2"
          />
        </div>
      )}
      {draft.mode === "monthly" && (draft.dayOfMonth ?? 0) > 28 ? (
        <p className="text-secondary text-xs">{t("lastDay")}</p>
      ) : null}
    </div>
  );
}

function read(value: unknown): Draft {
  const given: Record<string, unknown> = value !== null && typeof value === "object" ? { ...value } : {};
  return {
    mode: modes.find((mode) => mode === given.mode) ?? "once",
    day: typeof given.day === "string" ? given.day : "",
    time: typeof given.time === "string" ? given.time : "09:00",
    days: Array.isArray(given.days) ? given.days.filter((day) => typeof day === "number") : [1],
    dayOfMonth: typeof given.dayOfMonth === "number" ? given.dayOfMonth : given.mode === "monthly" ? null : 1,
  };
}

/** Only what the mode has: the schema takes nothing beside it. */
function written({ mode, day, time, days, dayOfMonth }: Draft): Record<string, unknown> {
  switch (mode) {
    case "now":
      return { mode };
    case "once":
      return { mode, day, time };
    case "daily":
      return { mode, time };
    case "weekly":
      return { mode, days, time };
    case "monthly":
      return { mode, dayOfMonth, time };
  }
}
