"use client";

import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { Select } from "#components/ui/select.tsx";
import { FieldPicker } from "./field-picker.tsx";
import { LineActions } from "./line-actions.tsx";
import { useBuilding } from "./rule-context.tsx";
import { fromLine, type Line, type Place, replaceRule, withOperator } from "./rule-edits.ts";
import { faultOf } from "./typed-value.ts";
import { useOperatorWords, useValueText } from "./use-rule-sentence.ts";
import { ValueEditor } from "./value-editor.tsx";
import { firstOperator, firstValue, type LineOperator, needsValue, operatorsOf } from "./value-kind.ts";

type RuleLineProps = { line: Line; place: Place; label: string; join: string };

/** One line: which value, how, held against what; a sample of it, and what is wrong with it. */
export function RuleLine({ line, place, label, join }: RuleLineProps) {
  const t = useTranslations("ruleBuilder");
  const { root, fields, fieldOf, apply, left, isDisabled } = useBuilding();
  const operatorWords = useOperatorWords();
  const field = fieldOf(line.path);
  const set = (next: Line) => apply(replaceRule(root, place, fromLine(next)));
  const pickField = (path: string) => {
    const { kind } = fieldOf(path);
    const fits = kind === field.kind && operatorsOf[kind].includes(line.op);
    set(fits ? { ...line, path } : withOperator({ path, op: line.op, value: firstValue(kind) }, firstOperator(kind)));
  };
  const allowed = operatorsOf[field.kind];
  const operators = allowed.includes(line.op) ? allowed : [line.op, ...allowed];
  const fault = line.path !== "" && needsValue(line.op) ? faultOf(line.value, field.kind) : null;
  // An empty value is on its way; what cannot be is said at once.
  const isWrong = fault !== null && fault !== "missing" && fault !== "list";
  return (
    <div className="rounded-md border border-border bg-surface p-1.5 focus-within:border-border-strong @2xl:border-0 @2xl:bg-transparent @2xl:px-2 @2xl:py-1 @2xl:focus-within:bg-hover @2xl:hover:bg-hover">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-1.5 @2xl:flex @2xl:min-h-8 @2xl:gap-2">
        <span className="hidden w-12 shrink-0 text-secondary text-sm @2xl:block">{join}</span>
        <fieldset
          disabled={isDisabled}
          className="contents @2xl:flex @2xl:min-w-0 @2xl:flex-1 @2xl:flex-wrap @2xl:items-center @2xl:gap-2"
        >
          <FieldPicker
            isDense
            fields={fields}
            label={t("path", { label })}
            value={line.path && field.path}
            onChange={pickField}
            isInvalid={line.path === ""}
            className="min-w-0 @2xl:w-auto @2xl:max-w-60"
          />
          <div className="col-span-2 flex min-w-0 gap-1.5 @2xl:contents">
            <Select
              isDense
              disabled={isDisabled}
              aria-label={t("operator", { label })}
              options={operators.map((op) => ({ value: op, label: operatorWords(op, field.kind) }))}
              value={line.op}
              onValueChange={(next) => set(withOperator(line, operatorNamed(operators, next) ?? line.op))}
              className={cn("bg-sunken @2xl:w-auto", needsValue(line.op) ? "w-auto max-w-[55%] shrink-0" : "w-full")}
            />
            {needsValue(line.op) ? (
              <ValueEditor
                line={line}
                field={field}
                label={t("value", { label })}
                isInvalid={isWrong}
                onChange={(change) => set({ ...line, ...change })}
              />
            ) : null}
          </div>
          <Sample line={line} className="col-span-2 @2xl:min-w-24 @2xl:flex-1" />
        </fieldset>
        {left ? (
          <span className="tabular hidden w-16 shrink-0 text-right text-secondary text-sm @2xl:block">
            {left(place)}
          </span>
        ) : null}
        <LineActions place={place} label={label} className="col-start-2 row-start-1" />
      </div>
      {isWrong ? (
        <p className="mt-1 text-danger text-xs @2xl:ml-14">{t(`faults.${fault}`, { name: field.label })}</p>
      ) : null}
    </div>
  );
}

/** What the value looks like, as somebody's is: nobody should have to guess whether it is "SN" or "Senegal". */
function Sample({ line, className }: { line: Line; className: string }) {
  const t = useTranslations("ruleBuilder");
  const { fieldOf, zone } = useBuilding();
  const valueText = useValueText();
  if (line.path === "") return <span className={cn("hidden", className, "@2xl:block")} />;
  const field = fieldOf(line.path);
  const words = field.sample === undefined || field.sample === null ? "" : valueText(field.sample, field, zone);
  return (
    <span className={cn("truncate text-tertiary text-xs", className)} title={words || undefined}>
      {words ? t("sample", { value: words }) : t("noSample")}
    </span>
  );
}

const operatorNamed = (operators: readonly LineOperator[], name: string): LineOperator | undefined =>
  operators.find((op) => op === name);
