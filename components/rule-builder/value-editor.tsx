"use client";

import { useTranslations } from "use-intl";
import { ChipsField } from "#components/ui/chips-field.tsx";
import { cn } from "#components/ui/cn.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Json } from "#flow/json.ts";
import { countOf, countPath, segmentDays } from "#flow/segment/segment-rule.ts";
import { useBuilding } from "./rule-context.tsx";
import type { Line } from "./rule-edits.ts";
import { shownValue, typedValue } from "./typed-value.ts";
import { useTypedText } from "./use-typed-text.ts";
import { type RuleField, takesList } from "./value-kind.ts";

type ValueEditorProps = {
  line: Line;
  field: RuleField;
  label: string;
  isInvalid: boolean;
  /** A count also has its days in the path. */
  onChange: (change: { value: Json; path?: string }) => void;
};

/** What a value is held against, by the way that fits its kind: chips of known values, a date, an amount, yes or no. */
export function ValueEditor(props: ValueEditorProps) {
  const { line, field } = props;
  if (field.kind === "count") return <CountOfEvent {...props} />;
  if (takesList(line.op)) return <SeveralValues {...props} />;
  if (field.kind === "boolean") return <YesNo {...props} />;
  const isWhole = line.op === "eq" || line.op === "neq" || field.kind === "list";
  if (isWhole && field.values && field.values.length > 0 && valueKindsToPick.has(field.kind))
    return <KnownValue {...props} />;
  return <TypedValue {...props} />;
}

const valueKindsToPick = new Set<RuleField["kind"]>(["text", "list", "consent"]);

const wide = "min-w-0 flex-1 @2xl:w-auto @2xl:min-w-24 @2xl:max-w-72 @2xl:flex-none";

function SeveralValues({ line, field, label, isInvalid, onChange }: ValueEditorProps) {
  const t = useTranslations("ruleBuilder");
  const { zone, isDisabled } = useBuilding();
  const values = (Array.isArray(line.value) ? line.value : []).map((value) => shownValue(value, field, zone));
  const wordFor = useChoiceWord(field);
  const samples = typeof field.sample === "string" || typeof field.sample === "number" ? [String(field.sample)] : [];
  return (
    <ChipsField
      disabled={isDisabled}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      options={(field.values ?? samples).map((value) => ({ value, label: wordFor(value) }))}
      values={values}
      onValuesChange={(next) => onChange({ value: next.map((value) => typedValue(value, field, zone)) })}
      placeholder={t("pickValues")}
      searchPlaceholder={t("searchValues")}
      emptyText={t("noValue")}
      createLabel={field.kind === "consent" ? undefined : (typed) => t("addValue", { value: typed })}
      className={cn(wide, "@2xl:max-w-96")}
    />
  );
}

function YesNo({ line, label, onChange }: ValueEditorProps) {
  const t = useTranslations("ruleBuilder");
  const { isDisabled } = useBuilding();
  return (
    <Select
      isDense
      disabled={isDisabled}
      aria-label={label}
      options={["true", "false"].map((option) => ({ value: option, label: t(option) }))}
      value={typeof line.value === "boolean" ? String(line.value) : undefined}
      placeholder={t("pickValue")}
      onValueChange={(next) => onChange({ value: next === "true" })}
      className={wide}
    />
  );
}

function KnownValue({ line, field, label, onChange }: ValueEditorProps) {
  const t = useTranslations("ruleBuilder");
  const wordFor = useChoiceWord(field);
  return (
    <Combobox
      isDense
      aria-label={label}
      options={(field.values ?? []).map((value) => ({ value, label: wordFor(value) }))}
      value={shownValue(line.value, field) || null}
      onValueChange={(value) => onChange({ value })}
      placeholder={t("pickValue")}
      searchPlaceholder={t("searchValues")}
      emptyText={t("noValue")}
      createLabel={field.kind === "consent" ? undefined : (typed) => t("addValue", { value: typed })}
      className={wide}
    />
  );
}

/** The field keeps the text one types ("1." on the way to "1.5"); the rule takes the value it stands for. */
function TypedValue({ line, field, label, isInvalid, onChange }: ValueEditorProps) {
  const { zone } = useBuilding();
  const { text, read } = useTypedText(line.value, field, zone);
  const type = field.kind === "day" ? "date" : field.kind === "moment" ? "datetime-local" : "text";
  const isNumber = field.kind === "number" || field.kind === "money";
  const input = (
    <Input
      isDense
      type={type}
      data-value={type === "text" ? "text" : undefined}
      inputMode={isNumber ? "decimal" : undefined}
      aria-label={label}
      aria-invalid={isInvalid || undefined}
      value={text}
      placeholder={type === "text" ? shownValue(field.sample, field, zone) : undefined}
      onChange={(event) => onChange({ value: read(event.target.value) })}
      className={cn(wide, isNumber && "tabular @2xl:w-28", type !== "text" && "tabular @2xl:max-w-none")}
    />
  );
  if (field.kind !== "money") return input;
  return (
    <span className={cn("relative", wide)}>
      {input}
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-tertiary text-xs"
      >
        {field.currency}
      </span>
    </span>
  );
}

/** What a choice is called: states of a consent have words, all other values are their own. */
function useChoiceWord(field: RuleField) {
  const t = useTranslations("ruleBuilder.consents");
  return (value: string): string =>
    field.valueWords?.[value] ?? (field.kind === "consent" && t.has(value) ? t(value) : value);
}

/** "2 times in the last 30 days": the days are part of what is asked. */
function CountOfEvent({ line, label, onChange }: ValueEditorProps) {
  const t = useTranslations("ruleBuilder.times");
  const counted = countOf(line.path);
  const days = counted?.days ?? usualDays;
  const times = typeof line.value === "number" ? line.value : 1;
  const number = (typed: string, most: number) => Math.min(most, Math.max(0, Math.round(Number(typed) || 0)));
  return (
    <span className="flex flex-wrap items-center gap-1.5 text-sm">
      <Input
        isDense
        type="number"
        min={0}
        aria-label={label}
        value={times}
        onChange={({ target }) => onChange({ value: number(target.value, 100_000) })}
        className="tabular w-16"
      />
      <span className="text-secondary">{t("inTheLast", { count: times })}</span>
      <Input
        isDense
        type="number"
        min={segmentDays.least}
        max={segmentDays.most}
        aria-label={t("days", { label })}
        value={days}
        onChange={({ target }) => {
          const next = Math.max(segmentDays.least, number(target.value, segmentDays.most));
          onChange({ value: times, path: countPath(counted?.event ?? "", next) });
        }}
        className="tabular w-16"
      />
      <span className="text-secondary">{t("unit", { count: days })}</span>
    </span>
  );
}

/** What a new count looks back at. */
const usualDays = 30;
