"use client";

import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { FieldProps } from "./field-props.ts";

const units = ["minutes", "hours", "days"];

/** A length of time: a number and its unit. */
export function DurationField({
  id,
  label,
  value,
  isInvalid,
  onChange,
}: Pick<FieldProps, "id" | "label" | "value" | "isInvalid" | "onChange">) {
  const t = useTranslations("flowEditor.duration");
  const amount = read(value, "amount");
  const unit = read(value, "unit");
  return (
    <div className="flex gap-2">
      <Input
        id={id}
        type="number"
        min={1}
        aria-label={t("amount", { label })}
        aria-invalid={isInvalid || undefined}
        value={typeof amount === "number" ? amount : ""}
        onChange={(event) =>
          onChange({ amount: event.target.value === "" ? null : event.target.valueAsNumber, unit: unit ?? "hours" })
        }
        className="tabular w-20"
      />
      <Select
        aria-label={t("unit", { label })}
        options={units.map((option) => ({ value: option, label: t(option) }))}
        value={typeof unit === "string" ? unit : undefined}
        onValueChange={(next) => onChange({ amount: amount ?? 1, unit: next })}
        className="w-auto flex-1"
      />
    </div>
  );
}

const read = (value: unknown, key: "amount" | "unit"): unknown =>
  value !== null && typeof value === "object" ? Reflect.get(value, key) : undefined;
