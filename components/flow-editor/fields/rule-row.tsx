"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type RuleTest, ruleOperators } from "#flow/rule.ts";
import { PathPicker } from "./path-field.tsx";
import { needsValue, operatorsFor, shownValue, takesList, typedValue, withOperator } from "./rule-edits.ts";
import { useKnownPaths } from "./use-known-paths.ts";

type RuleRowProps = { test: RuleTest; label: string; onChange: (test: RuleTest) => void };

/** One line of a rule: which value, how, held against what. */
export function RuleRow({ test, label, remove, onChange }: RuleRowProps & { remove: ReactNode }) {
  const t = useTranslations("flowEditor.rule");
  const { known } = useKnownPaths();
  const sample = known.find((path) => path.path === test.path)?.sample;
  const allowed = operatorsFor(sample);
  const operators = allowed.includes(test.op) ? allowed : [test.op, ...allowed];
  return (
    <div className="space-y-1.5 rounded-md border border-border bg-surface p-1.5">
      <div className="flex items-center gap-1">
        <div className="min-w-0 flex-1">
          <PathPicker
            isDense
            label={t("path", { label })}
            value={test.path}
            onChange={(path) => onChange({ ...test, path })}
            isInvalid={test.path === ""}
          />
        </div>
        {remove}
      </div>
      <div className="flex gap-1.5">
        <Select
          isDense
          aria-label={t("operator", { label })}
          options={operators.map((op) => ({ value: op, label: t(`operators.${op}`) }))}
          value={test.op}
          onValueChange={(next) => onChange(withOperator(test, ruleOperators.find((op) => op === next) ?? test.op))}
          className="w-auto min-w-28 flex-1"
        />
        {needsValue(test.op) ? <ValueInput test={test} label={label} sample={sample} onChange={onChange} /> : null}
      </div>
    </div>
  );
}

function ValueInput({ test, label, sample, onChange }: RuleRowProps & { sample: Parameters<typeof typedValue>[2] }) {
  const t = useTranslations("flowEditor.rule");
  if (typeof sample === "boolean" && !takesList(test.op)) {
    return (
      <Select
        isDense
        aria-label={t("value", { label })}
        options={["true", "false"].map((option) => ({ value: option, label: t(option) }))}
        value={typeof test.value === "boolean" ? String(test.value) : undefined}
        onValueChange={(next) => onChange({ ...test, value: next === "true" })}
        className="w-auto flex-1"
      />
    );
  }
  return (
    <Input
      isDense
      aria-label={t("value", { label })}
      defaultValue={shownValue(test.value)}
      // While one types "1." or "a, " the field keeps the text; the rule takes the value it stands for.
      key={`${test.path} ${test.op}`}
      placeholder={takesList(test.op) ? t("listHint") : shownValue(sample)}
      onChange={(event) => onChange({ ...test, value: typedValue(event.target.value, test.op, sample) })}
      className="min-w-0 flex-1"
    />
  );
}
