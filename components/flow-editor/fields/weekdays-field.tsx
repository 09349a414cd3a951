"use client";

import type { FieldProps } from "./field-props.ts";
import { Weekdays } from "./weekdays.tsx";

/** Days of the week as a setting of a step. */
export function WeekdaysField({ label, value, onChange }: FieldProps) {
  return <Weekdays label={label} days={Array.isArray(value) ? value : []} onChange={onChange} />;
}
